/**
 * The stage runtime: consume a record, do its work, publish what comes of it, exactly once.
 *
 * <p>A stage is a {@link io.patrolagent.common.stage.StageHandler} that a {@link
 * io.patrolagent.common.stage.StageRuntime} drives. The handler knows no consumer, producer, offset
 * or transaction; the runtime knows nothing of patrols beyond when one expires and how its failure
 * is said.
 */
package io.patrolagent.common.stage;
