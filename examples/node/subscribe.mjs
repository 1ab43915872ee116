// What a subscriber does: gets every finished report once or, after a crash, once more.
//
//   node subscribe.mjs [GROUP]
import { beginNow, kafka, prefix } from './kafka.mjs';
import { reportOf } from './report.mjs';

const groupId = process.argv[2] ?? `${prefix}node-subscriber`;
const reportTopic = `${prefix}patrol.report-finished`;

await beginNow(groupId, [reportTopic]);
const consumer = kafka.consumer({ groupId, readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topics: [reportTopic] });

// an exception from eachMessage hands the same report over again: what is done here must bear that
await consumer.run({
  eachMessage: async ({ message }) => {
    const event = JSON.parse(message.value);
    const report = await reportOf(event);
    console.log(
      `${event.report_id} ${event.report_type} ${event.status}`,
      `${report.flagged_clusters.length} clusters flagged`,
    );
  },
});
console.error(`waiting for reports as ${groupId}; Ctrl-C ends it`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await consumer.disconnect(); // commits what was taken
    process.exit(0);
  });
}
