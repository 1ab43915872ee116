/**
 * The models behind the agent: each provider's client with its own retries, breaker and cap on
 * concurrent calls, the order in which they take over from each other, and what calls cost.
 */
@NullMarked
package io.patrolagent.agentrunner.provider;

import org.jspecify.annotations.NullMarked;
