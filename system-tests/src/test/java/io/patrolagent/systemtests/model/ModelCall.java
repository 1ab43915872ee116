package io.patrolagent.systemtests.model;

/**
 * A request to the model.
 *
 * @param focus the patrol's focus, by which tests tell patrols apart; empty if it has none
 * @param round the number of the model call in its patrol, from 1
 */
public record ModelCall(String focus, int round) {}
