package io.patrolagent.common.config;

import static io.patrolagent.common.config.ServiceName.AGENT_RUNNER;
import static io.patrolagent.common.config.ServiceName.AGGREGATOR;
import static io.patrolagent.common.config.ServiceName.REPORT_SINK;
import static io.patrolagent.common.config.ServiceName.SCHEDULER;
import static io.patrolagent.common.config.ServiceName.STANDALONE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of everything that can be configured; what is not here cannot be set.
 *
 * <p>Each setting says its variable, its default (none: it is unset unless somebody sets it), an
 * example that is valid, who reads it, and its meaning in a phrase. {@link Env} reads them, {@link
 * ConfigurationTable} renders them, so that name and default stand here and nowhere else.
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of strings and an unmodifiable set: both are
public enum Setting {
  KAFKA_BOOTSTRAP_SERVERS(
      "PATROL_KAFKA_BOOTSTRAP_SERVERS",
      unset("broker-1:9092,broker-2:9092"),
      everyone(),
      "Kafka's brokers to start from"),
  KAFKA_PROPERTIES(
      "PATROL_KAFKA_*",
      unset("PATROL_KAFKA_SASL_MECHANISM=PLAIN"),
      everyone(),
      "any other property of a Kafka client, in capitals with underscores (sasl.mechanism becomes"
          + " PATROL_KAFKA_SASL_MECHANISM), checked against the names that the clients know"),
  GROUP_PROTOCOL(
      "PATROL_GROUP_PROTOCOL",
      standard("consumer", "classic"),
      EnumSet.of(AGGREGATOR, AGENT_RUNNER, REPORT_SINK, STANDALONE),
      "the consumer groups' protocol: consumer (brokers of 4.0 and later) or classic"),
  TOPICS(
      "PATROL_TOPICS",
      standard("create", "verify"),
      everyone(),
      "create makes missing topics; verify only checks them and says what is wrong"),
  TOPIC_PREFIX(
      "PATROL_TOPIC_PREFIX",
      unset("staging."),
      everyone(),
      "goes before the names of topics, groups and transactional ids"),
  TOPIC_PARTITIONS(
      "PATROL_TOPIC_PARTITIONS",
      standard("12", "24"),
      everyone(),
      "partitions of a topic that is created; the most instances of a service that share the work"),
  TOPIC_REPLICATION_FACTOR(
      "PATROL_TOPIC_REPLICATION_FACTOR",
      standard("-1", "3"),
      everyone(),
      "copies of a topic that is created; -1 leaves it to the broker. 3 outside development"),
  TOPIC_MIN_ISR(
      "PATROL_TOPIC_MIN_ISR",
      unset("2"),
      everyone(),
      "min.insync.replicas of a topic that is created; unset leaves it to the broker. 2 outside"
          + " development"),
  DATABASE_URL(
      "PATROL_DATABASE_URL",
      unset("jdbc:postgresql://db.example.org:5432/fleet"),
      EnumSet.of(AGGREGATOR, AGENT_RUNNER, REPORT_SINK, STANDALONE),
      "JDBC URL of the PostgreSQL database, without user and password"),
  DATABASE_USER(
      "PATROL_DATABASE_USER",
      unset("patrol_aggregator"),
      EnumSet.of(AGGREGATOR, AGENT_RUNNER, REPORT_SINK, STANDALONE),
      "the service's own role; the agent-runner's may only read"),
  DATABASE_PASSWORD(
      "PATROL_DATABASE_PASSWORD",
      secretly("correct-horse"),
      EnumSet.of(AGGREGATOR, AGENT_RUNNER, REPORT_SINK, STANDALONE),
      "that role's password; unset where the server asks for none"),
  READER_USER(
      "PATROL_READER_USER",
      unset("patrol_reader"),
      EnumSet.of(STANDALONE),
      "the agent's read-only role where one process runs all stages; unset, the command makes"
          + " patrol_reader where it may"),
  READER_PASSWORD(
      "PATROL_READER_PASSWORD",
      secretly("correct-horse"),
      EnumSet.of(STANDALONE),
      "that role's password"),
  MIGRATIONS(
      "PATROL_MIGRATIONS",
      standard("run", "verify"),
      EnumSet.of(REPORT_SINK, STANDALONE),
      "run applies the product's own migrations; verify only checks that they were applied"),
  SQL_DIR(
      "PATROL_SQL_DIR",
      unset("/etc/patrol/sql"),
      EnumSet.of(AGGREGATOR, AGENT_RUNNER, REPORT_SINK, STANDALONE),
      "a directory whose .sql files go before the ones that are shipped"),
  PROMPT_DIR(
      "PATROL_PROMPT_DIR",
      unset("/etc/patrol/prompts"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "a directory whose prompts (.md) go before the ones that are shipped"),
  SCHEDULE_MORNING(
      "PATROL_SCHEDULE_MORNING",
      standard("0 7 * * *", "30 6 * * MON-FRI"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "when morning patrols are made: a cron expression of five fields; blank or off: never"),
  SCHEDULE_EVENING(
      "PATROL_SCHEDULE_EVENING",
      standard("0 19 * * *", "30 18 * * MON-FRI"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "when evening patrols are made, likewise"),
  SCHEDULE_WEEKLY(
      "PATROL_SCHEDULE_WEEKLY",
      standard("30 7 * * MON", "0 9 * * SUN"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "when weekly patrols are made, likewise"),
  SCHEDULE_ZONE(
      "PATROL_SCHEDULE_ZONE",
      standard("UTC", "Europe/Berlin"),
      EnumSet.of(SCHEDULER, AGGREGATOR, STANDALONE),
      "time zone of these three, of the file's schedules that name none, and of the budget's day"),
  SCHEDULE_FILE(
      "PATROL_SCHEDULE_FILE",
      unset("/etc/patrol/schedules.yaml"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "a YAML file of named schedules that takes these three's place"),
  SCHEDULE_DUE_AFTER(
      "PATROL_SCHEDULE_DUE_AFTER",
      standard("15m", "10m"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "how long after its slot a scheduled patrol's report is due"),
  SCHEDULE_GRACE(
      "PATROL_SCHEDULE_GRACE",
      standard("1h", "30m"),
      EnumSet.of(SCHEDULER, STANDALONE),
      "how late a slot is still triggered that was missed while scheduler or broker was down"),
  HTTP_HOST(
      "PATROL_HTTP_HOST",
      standard("127.0.0.1", "0.0.0.0"),
      everyone(),
      "where health and metrics are served; on other than loopback /health/* tells the status alone"
          + " and /metrics asks for PATROL_HTTP_TOKEN"),
  HTTP_PORT(
      "PATROL_HTTP_PORT",
      standard("0", "8080"),
      everyone(),
      "their port; 0 takes any free one, and the log says which"),
  HTTP_TOKEN(
      "PATROL_HTTP_TOKEN",
      secretly("3q2-7wQpL0x"),
      everyone(),
      "bearer token that /metrics asks for; without one it is served on loopback only"),
  LOG_FORMAT(
      "PATROL_LOG_FORMAT", standard("text", "json"), everyone(), "text or json, on standard error"),
  LOG_LEVEL(
      "PATROL_LOG_LEVEL",
      standard("info", "debug"),
      everyone(),
      "error, warn, info, debug or trace"),
  ON_DEMAND_SHARE_WINDOW(
      "PATROL_ON_DEMAND_SHARE_WINDOW",
      standard("10m", "5m"),
      EnumSet.of(AGGREGATOR, STANDALONE),
      "how long after a request the same one (scope and focus) shares its patrol, at most 60m; 0:"
          + " never"),
  ON_DEMAND_PER_HOUR(
      "PATROL_ON_DEMAND_PER_HOUR",
      standard("60", "20"),
      EnumSet.of(AGGREGATOR, STANDALONE),
      "patrols on demand that are let in within an hour; more are rejected"),
  ON_DEMAND_QUEUE(
      "PATROL_ON_DEMAND_QUEUE",
      standard("100", "30"),
      EnumSet.of(AGGREGATOR, STANDALONE),
      "patrols on demand that wait or run at once; more are rejected"),
  BUDGET_USD_PER_DAY(
      "PATROL_BUDGET_USD_PER_DAY",
      unset("50"),
      EnumSet.of(AGGREGATOR, STANDALONE),
      "what all patrols of a day may cost in US dollars; beyond it scheduled reports are written"
          + " offline and patrols on demand are rejected. Unset: no limit"),
  LLM_PROVIDERS(
      "PATROL_LLM_PROVIDERS",
      unset("anthropic,openai,offline"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "openai, anthropic, gemini and offline in order of preference; unset: those of them that have"
          + " a key, in this order, then offline"),
  OPENAI_API_KEY(
      "OPENAI_API_KEY",
      secretly("sk-example"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "key of OpenAI or of whatever speaks its protocol"),
  OPENAI_BASE_URL(
      "OPENAI_BASE_URL",
      unset("https://llm.example.org/v1"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "where that protocol is spoken (Azure, Ollama, vLLM, Mistral, a gateway); unset: OpenAI"
          + " itself"),
  LLM_OPENAI_MODEL(
      "PATROL_LLM_OPENAI_MODEL",
      standard("gpt-4.1", "my-model"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "the model asked for there"),
  ANTHROPIC_API_KEY(
      "ANTHROPIC_API_KEY",
      secretly("sk-ant-example"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "key of Anthropic"),
  ANTHROPIC_BASE_URL(
      "ANTHROPIC_BASE_URL",
      unset("https://llm.example.org"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "where its protocol is spoken; unset: Anthropic itself"),
  LLM_ANTHROPIC_MODEL(
      "PATROL_LLM_ANTHROPIC_MODEL",
      standard("claude-sonnet-4-5", "my-model"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "the model asked for there"),
  GEMINI_API_KEY(
      "GEMINI_API_KEY",
      secretly("gm-example"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "key of Gemini"),
  GEMINI_BASE_URL(
      "GEMINI_BASE_URL",
      unset("https://llm.example.org/v1beta"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "where its protocol is spoken; unset: Google itself"),
  LLM_GEMINI_MODEL(
      "PATROL_LLM_GEMINI_MODEL",
      standard("gemini-2.5-pro", "my-model"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "the model asked for there"),
  LLM_TIMEOUT(
      "PATROL_LLM_TIMEOUT",
      standard("2m", "90s"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "how long one attempt at a model call may take, until its last byte"),
  LLM_ATTEMPTS(
      "PATROL_LLM_ATTEMPTS",
      standard("4", "3"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "attempts at a model call before the next provider takes over"),
  LLM_MAX_WAIT(
      "PATROL_LLM_MAX_WAIT",
      standard("1m", "30s"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "the longest wait between two attempts; a provider that asks for more is left for the next"),
  LLM_CONCURRENCY(
      "PATROL_LLM_CONCURRENCY",
      standard("8", "4"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "model calls that one process has under way at once, at each provider"),
  LLM_MAX_OUTPUT_TOKENS(
      "PATROL_LLM_MAX_OUTPUT_TOKENS",
      standard("8192", "16000"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "the most tokens that one answer may have"),
  LLM_TEMPERATURE(
      "PATROL_LLM_TEMPERATURE",
      unset("0.2"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "sampling temperature, 0 to 2; unset: the model's own, since some models accept no other"),
  LLM_PRICES(
      "PATROL_LLM_PRICES",
      unset("/etc/patrol/prices.csv"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "a CSV file of prices that go before the shipped ones: model,input,cached_input,cache_write,"
          + "output in USD per million tokens"),
  AGENT_MAX_ROUNDS(
      "PATROL_AGENT_MAX_ROUNDS",
      standard("10", "15"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "model calls of one patrol; in the last one tools are withdrawn"),
  AGENT_MAX_TOKENS(
      "PATROL_AGENT_MAX_TOKENS",
      standard("500000", "1000000"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "tokens of one patrol, in and out; near it tools are withdrawn, as near the next two"),
  AGENT_MAX_DURATION(
      "PATROL_AGENT_MAX_DURATION",
      standard("15m", "30m"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "active time of one patrol, whichever runners work on it"),
  AGENT_MAX_COST_USD(
      "PATROL_AGENT_MAX_COST_USD",
      unset("2.50"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "cost of one patrol in US dollars by the price table; unset: no limit"),
  AGENT_CONCURRENCY(
      "PATROL_AGENT_CONCURRENCY",
      standard("4", "8"),
      EnumSet.of(AGENT_RUNNER, STANDALONE),
      "patrols that one process works on at once, in each of the two lanes");

  private final String variable;
  private final Value value;
  private final Set<ServiceName> readers;
  private final String meaning;

  Setting(String variable, Value value, EnumSet<ServiceName> readers, String meaning) {
    this.variable = variable;
    this.value = value;
    this.readers = Collections.unmodifiableSet(readers);
    this.meaning = meaning;
  }

  /** The environment variable, say {@code PATROL_HTTP_PORT}. */
  public String variable() {
    return variable;
  }

  /** What counts where the variable is unset; empty where nothing does. A secret has none. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(value.standard());
  }

  /** A value that is valid. */
  public String example() {
    return value.example();
  }

  /** Whether the value never prints and may also come from the file that {@code …_FILE} names. */
  public boolean secret() {
    return value.secret();
  }

  public Set<ServiceName> readers() {
    return readers;
  }

  /** A phrase without a full stop. */
  public String meaning() {
    return meaning;
  }

  private static Value standard(String standard, String example) {
    return new Value(standard, example, false);
  }

  private static Value unset(String example) {
    return new Value(null, example, false);
  }

  private static Value secretly(String example) {
    return new Value(null, example, true);
  }

  private static EnumSet<ServiceName> everyone() {
    return EnumSet.allOf(ServiceName.class);
  }

  private record Value(@Nullable String standard, String example, boolean secret) {}
}
