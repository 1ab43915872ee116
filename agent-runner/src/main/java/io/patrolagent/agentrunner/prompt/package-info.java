/**
 * What a model is told: the protocol and the report's format as the system message, the request and
 * the snapshot, fenced as data, as the user message.
 */
package io.patrolagent.agentrunner.prompt;
