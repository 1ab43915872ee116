package io.patrolagent.systemtests.model;

import java.time.Instant;

/**
 * A request to the model.
 *
 * @param focus the patrol's focus, by which tests tell patrols apart; empty if it has none
 * @param round the number of the model call in its patrol, from 1
 * @param model the model that is asked for
 * @param at when it came
 */
public record ModelCall(String focus, int round, String model, Instant at) {}
