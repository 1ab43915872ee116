// A connection to Kafka that reads what PatrolAgent writes.
import { decompress } from 'fzstd';
import kafkajs from 'kafkajs';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;

// PatrolAgent's topics are compressed with zstd, which KafkaJS leaves to a codec of ours. It writes
// uncompressed, and the broker compresses.
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: () => Promise.reject(new Error('this codec only reads; send without compression')),
  decompress: async (buffer) => Buffer.from(decompress(buffer)),
});

export const prefix = process.env.PATROL_TOPIC_PREFIX ?? '';

export const kafka = new Kafka({
  clientId: 'patrolagent-example',
  brokers: (process.env.PATROL_KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:19092').split(','),
  logLevel: logLevel.WARN,
  // for a broker with a login: ssl: true, sasl: { mechanism: 'scram-sha-512', username, password }
});

/**
 * Lets a new consumer group begin with what is written from now on. KafkaJS's `fromBeginning: false`
 * does not do that: it looks for the end only when it first fetches, and, on a partition that has had
 * no record since, once more after every restart.
 */
export async function beginNow(groupId, topics) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics })) {
      const ends = await admin.fetchTopicOffsets(topic);
      const begins = ends
        .filter(({ partition }) => partitions.find((p) => p.partition === partition)?.offset === '-1')
        .map(({ partition, offset }) => ({ partition, offset }));
      if (begins.length > 0) {
        await admin.setOffsets({ groupId, topic, partitions: begins });
      }
    }
  } finally {
    await admin.disconnect();
  }
}

/** Forgets a consumer group that nobody comes back to. */
export async function forget(groupId) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.deleteGroups([groupId]);
  } finally {
    await admin.disconnect();
  }
}
