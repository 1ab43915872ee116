// The report behind a patrol.report-finished event.
import pg from 'pg';

/**
 * The event's report; where the event had no room for all of it (`truncated`), the row of
 * alerts.patrol_reports, whose columns have the same names.
 */
export async function reportOf(event) {
  if (!event.truncated) {
    return event.report;
  }
  // PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, or DATABASE_URL, say where
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select * from alerts.patrol_reports where report_id = $1',
      [event.report_id],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}
