package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.ops.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code attacks.sql} holds, one by one through the tool. */
@Timeout(60)
class QueryAttacksIT {

  private static final QueryLimits LIMITS =
      new QueryLimits(Duration.ofSeconds(1), Duration.ofMillis(300), 100, 10_000);

  private static final String SESSION =
      """
      select md5(string_agg(name || '=' || setting, ',' order by name)) as settings,
             current_user, session_user, pg_my_temp_schema() as temp,
             (select count(*) from pg_locks where locktype = 'advisory') as locks,
             (select count(*) from pg_prepared_statements where from_sql) as prepared
        from pg_settings
      """;

  @TempDir private static Path directory;
  private static ToolDatabase server;
  private static Database pool;
  private static QuerySql tool;
  private static Bystander bystander;
  private static long largeObject;
  private static String freshSession;

  @BeforeAll
  static void start() throws Exception {
    server = ToolDatabase.create();
    server.execute(TARGETS);
    largeObject = number("select oid from pg_largeobject_metadata");
    bystander = new Bystander(server);
    pool =
        Database.open(
            server.asReader(),
            QuerySql.poolOptions("attacks", LIMITS)
                .poolSize(1)
                .socketTimeout(Duration.ofSeconds(4)));
    tool = new QuerySql(pool, LIMITS);
    freshSession = session();
  }

  @AfterAll
  static void stop() throws Exception {
    bystander.close();
    pool.close();
  }

  static List<Attack> attacks() {
    return Attack.all();
  }

  @Test
  void thereAreEnough() {
    assertThat(attacks()).hasSizeGreaterThan(150).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void leavesNoTraceAndHindersNobody(Attack attack) throws Exception {
    Path file = directory.resolve("written");
    Map<String, String> before = DatabaseState.of(server);

    CompletableFuture<String> outcome =
        CompletableFuture.supplyAsync(() -> outcome(sql(attack, file)));
    do {
      bystander.work();
    } while (!outcome.isDone());

    assertThat(outcome.get().startsWith("{")).as(outcome.get()).isEqualTo(attack.answers());
    await().atMost(Duration.ofSeconds(30)).until(() -> busy() == 0);
    assertThat(session()).isEqualTo(freshSession);
    assertThat(DatabaseState.of(server)).isEqualTo(before);
    assertThat(Files.exists(file)).isFalse();
    bystander.work();
  }

  /** The function is one of several safeguards; here it has to do alone. */
  @Test
  void theFunctionAloneLetsNobodyWriteNotEvenASuperuser() throws Exception {
    Path file = directory.resolve("written");
    Map<String, String> before = DatabaseState.of(server);

    try (Connection superuser = server.owner();
        Statement statement = superuser.createStatement()) {
      for (Attack attack : attacks()) {
        statement.execute("set statement_timeout = 100"); // the one before may have taken it away
        if (!attack.name().contains("that lies")) {
          callAlone(superuser, sql(attack, file));
        }
      }
    }

    assertThat(DatabaseState.of(server)).isEqualTo(before);
    assertThat(Files.exists(file)).isFalse();
    bystander.work();
  }

  private static void callAlone(Connection connection, String sql) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from alerts.patrol_query(?, 10, 1000)")) {
      call.setString(1, sql);
      call.execute();
    } catch (SQLException refused) {
      assertThat(connection.isClosed()).as(refused.getMessage()).isFalse();
    }
  }

  /**
   * The answer, or why there is none; anything but a refusal or the database's own word is a bug.
   */
  private static String outcome(String sql) {
    try {
      return answer(sql).toString();
    } catch (ToolRefusal | SQLException refused) {
      return refused.getClass().getSimpleName() + ": " + refused.getMessage();
    } catch (Exception bug) {
      throw new IllegalStateException(bug);
    }
  }

  private static String session() throws Exception {
    return answer(SESSION).get("rows").toString();
  }

  private static JsonNode answer(String sql) throws Exception {
    return tool.call(
        new ToolArguments(new ObjectMapper().createObjectNode().put("sql", sql)),
        new ToolContext(Snapshots.request(), Snapshots.healthy(1)));
  }

  private static String sql(Attack attack, Path file) {
    return attack
        .sql()
        .replace("{pid}", String.valueOf(bystander.pid()))
        .replace("{file}", file.toString())
        .replace("{loid}", String.valueOf(largeObject))
        .replace("{columns}", "1" + ", 1".repeat(1700))
        .replace("{brackets}", "(".repeat(9000) + "1" + ")".repeat(9000));
  }

  /** Sessions of the agent's role that do something, or hold something. */
  private static long busy() throws SQLException {
    return number(
        """
        select count(*)
          from pg_stat_activity a
         where a.usename = 'reader' and a.datname = current_database()
           and (a.state <> 'idle' or exists (select from pg_locks l where l.pid = a.pid))
        """);
  }

  private static long number(String sql) throws SQLException {
    try (Connection owner = server.owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A little data, and what an operator may have in his schemas. */
  private static final String TARGETS =
      """
      insert into byoc.clusters
      select 'c-' || n, 'name ' || n, 'acc', 'Acme', 'S', 'aws', 'eu', '1.0', 'active', now()
        from generate_series(1, 5) n;
      insert into alerts.issues (cluster_id, title, severity, status, opened_at)
      select 'c-' || n, 'title', 'high', 'ongoing', now() from generate_series(1, 5) n;
      select lo_from_bytea(0, 'content');
      do $$ begin
        if exists (select from pg_available_extensions where name = 'dblink') then
          create extension dblink;
        end if;
      end $$;
      create materialized view byoc.summary as select count(*) from byoc.clusters;
      grant select on byoc.summary to reader;
      create function byoc.remove_all() returns bigint language sql
        as 'with gone as (delete from alerts.issues returning 1) select count(*) from gone';
      create function byoc."Remove ""All"\""() returns bigint language sql
        as 'select byoc.remove_all()';
      create function byoc.remove_one(c byoc.clusters) returns bigint language sql
        as 'select byoc.remove_all()';
      create function byoc.remove_as_owner() returns bigint language sql security definer
        as 'select byoc.remove_all()';
      create function byoc.remove_stably() returns bigint language plpgsql stable security definer
        as 'begin return byoc.remove_all(); end';
      create function byoc.sleep_stably() returns text language plpgsql stable
        as 'begin return pg_sleep(1000)::text; end';
      create function byoc.set_stably() returns text language plpgsql stable
        as 'begin return set_config(''work_mem'', ''1GB'', false); end';
      create function byoc.lock_stably() returns text language plpgsql stable
        as 'begin return pg_advisory_lock(4711)::text; end';
      create procedure byoc.a_procedure() language sql as 'delete from alerts.issues';
      create function byoc.a_trigger() returns trigger language plpgsql
        as 'begin delete from alerts.issues; return new; end';
      """;
}
