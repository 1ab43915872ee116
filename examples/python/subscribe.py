"""What a subscriber does: gets every finished report once or, after a crash, once more.

    python subscribe.py [GROUP]
"""

import json
import signal
import sys

from confluent_kafka import Consumer, KafkaException, TopicPartition

from patrol_kafka import CONNECTION, PREFIX, report_of


def begin_now(consumer, partitions):
    """Writes down where a new group begins. Without that, a partition on which it has seen no report
    yet would begin at its end again after each restart."""
    committed = consumer.committed(partitions, timeout=15)
    new = [
        TopicPartition(p.topic, p.partition, consumer.get_watermark_offsets(p, timeout=15)[1])
        for p in committed
        if p.offset < 0
    ]
    if new:
        consumer.commit(offsets=new, asynchronous=False)
    consumer.assign([p for p in committed if p.offset >= 0] + new)


def main():
    group = sys.argv[1] if len(sys.argv) > 1 else PREFIX + "python-subscriber"
    consumer = Consumer(
        {
            **CONNECTION,
            "group.id": group,
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([PREFIX + "patrol.report-finished"], on_assign=begin_now)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            event = json.loads(message.value())
            report = report_of(event)
            print(
                event["report_id"],
                event.get("report_type"),
                event["status"],
                f"{len(report['flagged_clusters'])} clusters flagged",
                flush=True,
            )
            # only now: whoever dies before gets it once more
            consumer.commit(message, asynchronous=False)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
