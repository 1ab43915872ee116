"""What a UI backend does: asks for a patrol, shows where it is, gets its report.

    python run_patrol.py [REPORT_TYPE]
"""

import json
import sys
import uuid

from confluent_kafka import Consumer, KafkaException, Producer

from patrol_kafka import CONNECTION, PREFIX, ends, report_of

STATUS = PREFIX + "patrol.status"
REPORTS = PREFIX + "patrol.report-finished"


def trigger(patrol_id, report_type):
    failures = []
    producer = Producer(CONNECTION)
    producer.produce(
        PREFIX + "patrol.requested",
        json.dumps(
            {
                "patrol_id": patrol_id,
                "report_type": report_type,
                "triggered_by": "python-example",
            }
        ),
        on_delivery=lambda error, _: failures.append(error) if error else None,
    )
    if producer.flush(30) > 0 or failures:
        raise RuntimeError(f"the trigger did not reach Kafka: {failures}")


def await_end(consumer, patrol_id):
    """Shows the patrol's states until it has ended; returns its report-finished event."""
    finished, state = None, None
    while finished is None or state != "finished":
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        if message.value() is None or message.key() != patrol_id.encode():
            continue  # another patrol's
        event = json.loads(message.value())
        if message.topic() == REPORTS:
            finished = event
        else:
            state = event["state"]
            round_ = f" round {event['round']}" if event["round"] > 0 else ""
            print(state + round_, ", ".join(event["tools"]), file=sys.stderr)
    return finished


def main():
    patrol_id = str(uuid.uuid4())
    consumer = Consumer(
        {
            **CONNECTION,
            "group.id": PREFIX + "ui",  # the library wants one; nothing is committed
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
        }
    )
    # all partitions, from before the trigger is sent, so that nothing of the patrol can be missed
    consumer.assign(ends(consumer, STATUS) + ends(consumer, REPORTS))
    trigger(patrol_id, sys.argv[1] if len(sys.argv) > 1 else "on_demand")
    event = await_end(consumer, patrol_id)
    consumer.close()

    report = report_of(event)
    print(event["report_id"], event["status"])
    print(report.get("fleet_narrative") or report["error"])
    for action in report["recommended_actions"]:
        print(f"- [{action.get('urgency', 'unspecified')}] {action['text']}")
    return 0 if event["status"] in ("completed", "partial", "degraded") else 1


if __name__ == "__main__":
    sys.exit(main())
