// What a UI backend does: asks for a patrol, shows where it is, gets its report.
//
//   node run-patrol.mjs [REPORT_TYPE]
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { beginNow, forget, kafka, prefix } from './kafka.mjs';
import { reportOf } from './report.mjs';

const patrolId = randomUUID();
const statusTopic = `${prefix}patrol.status`;
const reportTopic = `${prefix}patrol.report-finished`;

// A group of its own, since it wants every record and comes back to none. It begins before the
// trigger is sent, so that nothing of the patrol can be missed.
const groupId = `${prefix}ui-${patrolId}`;
await beginNow(groupId, [statusTopic, reportTopic]);
const consumer = kafka.consumer({ groupId, readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topics: [statusTopic, reportTopic] });

const ended = new Promise((resolve, reject) => {
  let lastStatus;
  let finished;
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, message }) => {
      if (message.value === null || message.key?.toString() !== patrolId) {
        return; // another patrol's
      }
      const event = JSON.parse(message.value);
      if (topic === statusTopic) {
        lastStatus = event;
        const round = event.round > 0 ? ` round ${event.round}` : '';
        console.error(`${event.state}${round} ${event.tools.join(', ')}`.trimEnd());
      } else {
        finished = event;
      }
      if (finished && lastStatus?.state === 'finished') {
        resolve(finished);
      }
    },
  });
});

const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
await producer.connect();
await producer.send({
  topic: `${prefix}patrol.requested`,
  messages: [
    {
      value: JSON.stringify({
        patrol_id: patrolId,
        report_type: process.argv[2] ?? 'on_demand',
        triggered_by: 'node-example',
      }),
    },
  ],
});
await producer.disconnect();

const event = await ended;
await consumer.disconnect();
await forget(groupId);

const report = await reportOf(event);
console.log(`${event.report_id} ${event.status}`);
console.log(report.fleet_narrative ?? report.error);
for (const { urgency, text } of report.recommended_actions) {
  console.log(`- [${urgency ?? 'unspecified'}] ${text}`);
}
process.exitCode = ['completed', 'partial', 'degraded'].includes(event.status) ? 0 : 1;
