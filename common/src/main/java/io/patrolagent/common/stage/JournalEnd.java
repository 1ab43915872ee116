package io.patrolagent.common.stage;

/** A record's last entry in the journal, and the key that all its entries stand under. */
public record JournalEnd(String key, String value) {}
