"""Connections to Kafka and to the reports' table, as PatrolAgent's examples share them."""

import os

import psycopg
from confluent_kafka import TopicPartition
from psycopg.rows import dict_row

PREFIX = os.environ.get("PATROL_TOPIC_PREFIX", "")
CONNECTION = {
    "bootstrap.servers": os.environ.get(
        "PATROL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092"
    ),
    # for a broker with a login: "security.protocol": "SASL_SSL", "sasl.mechanism": "SCRAM-SHA-512",
    # "sasl.username": …, "sasl.password": …
}


def ends(consumer, topic):
    """Where each of the topic's partitions ends now."""
    partitions = consumer.list_topics(topic, timeout=15).topics[topic].partitions
    return [
        TopicPartition(topic, p, consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=15)[1])
        for p in partitions
    ]


def report_of(event):
    """The event's report; where the event had no room for all of it (`truncated`), the row of
    alerts.patrol_reports, whose columns have the same names."""
    if not event["truncated"]:
        return event["report"]
    # PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, or DATABASE_URL, say where
    with psycopg.connect(os.environ.get("DATABASE_URL", ""), row_factory=dict_row) as connection:
        return connection.execute(
            "select * from alerts.patrol_reports where report_id = %s", [event["report_id"]]
        ).fetchone()
