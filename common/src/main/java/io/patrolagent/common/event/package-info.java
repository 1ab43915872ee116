/**
 * What goes over Kafka: the events as records, the topics they go to, and how both become bytes and
 * headers. Values are JSON in snake_case; headers follow CloudEvents 1.0 in Kafka's binary mode.
 */
package io.patrolagent.common.event;
