package io.patrolagent.embedded.fleet;

/** An invented company; {@code slug} begins the names of its clusters. */
record Customer(String name, String slug, Tier tier) {}
