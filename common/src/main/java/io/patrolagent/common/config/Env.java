package io.patrolagent.common.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads settings from environment variables and collects what is wrong, so that one start tells
 * everything.
 *
 * <p>A reader never throws on what an operator wrote: it notes a {@link Problem} and returns the
 * setting's example, which is valid in form and must not be used. {@link #verify()} then throws all
 * problems at once; call it after the last reader and before anything is built on what was read. A
 * blank variable counts as unset. Not thread-safe.
 */
public final class Env {

  static final String PREFIX = "PATROL_";

  private final SortedMap<String, String> variables;
  private final Set<String> blank;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Map<String, String> effective = new LinkedHashMap<>();

  private Env(SortedMap<String, String> variables, Set<String> blank) {
    this.variables = variables;
    this.blank = blank;
  }

  /** Over these variables, usually {@link System#getenv()}. */
  public static Env of(Map<String, String> variables) {
    SortedMap<String, String> kept = new TreeMap<>();
    Set<String> blank = new HashSet<>();
    variables.forEach(
        (name, value) -> {
          if (value.isBlank()) {
            blank.add(name);
          } else if (!KubernetesVariables.injected(name, value.strip())) {
            kept.put(name, value);
          }
        });
    return new Env(kept, blank);
  }

  /** The value or the default; for a setting that has one. */
  public String string(Setting setting) {
    return withDefault(setting, optional(setting));
  }

  /** The value or the default, where there is either. */
  public Optional<String> optional(Setting setting) {
    return read(setting, "must be text", Optional::of);
  }

  /** The value; that there is none is a problem. */
  public String required(Setting setting) {
    return demand(setting, optional(setting));
  }

  /** A whole number within the bounds, both inclusive; for a setting that has a default. */
  public int integer(Setting setting, int min, int max) {
    return withDefault(setting, readInteger(setting, min, max));
  }

  /** A whole number within the bounds, both inclusive, where one is set. */
  public OptionalInt optionalInteger(Setting setting, int min, int max) {
    return readInteger(setting, min, max).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** A number above zero, where one is set. */
  public Optional<BigDecimal> decimal(Setting setting) {
    return read(
        setting,
        "must be a number above 0",
        text -> Parse.decimal(text).filter(number -> number.signum() > 0));
  }

  /** A duration above zero; for a setting that has a default. */
  public Duration duration(Setting setting) {
    return withDefault(setting, optionalDuration(setting));
  }

  /** A duration from zero to {@code max}, both inclusive; for a setting that has a default. */
  public Duration duration(Setting setting, Duration max) {
    return withDefault(
        setting,
        read(
            setting,
            "must be 0 or a duration such as 30s or 5m, at most " + max.toMinutes() + "m",
            text -> Parse.durationOrZero(text).filter(value -> value.compareTo(max) <= 0)));
  }

  /** A duration above zero, where one is set. */
  public Optional<Duration> optionalDuration(Setting setting) {
    return read(
        setting,
        "must be a duration above 0 such as 30s, 5m, 2h or ISO-8601 PT5M",
        Parse::duration);
  }

  /** One of the enum's constants, in lower case with dashes; for a setting that has a default. */
  public <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants()).map(Env::name).collect(Collectors.joining(", "));
    return withDefault(
        setting,
        read(
            setting,
            "must be one of " + names,
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> name(constant).equalsIgnoreCase(text))
                    .findFirst()));
  }

  /** Names separated by commas, in their order and without blanks; empty where unset. */
  public List<String> list(Setting setting) {
    return optional(setting).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** A number within the bounds, both inclusive, where one is set. */
  public Optional<BigDecimal> decimal(Setting setting, BigDecimal min, BigDecimal max) {
    return read(
        setting,
        "must be a number from " + min + " to " + max,
        text -> Parse.decimal(text).filter(n -> n.compareTo(min) >= 0 && n.compareTo(max) <= 0));
  }

  /** A file that exists and can be read, where one is set. */
  public Optional<Path> file(Setting setting) {
    return read(
        setting,
        "must be a file that exists and can be read",
        text -> Parse.path(text).filter(p -> Files.isRegularFile(p) && Files.isReadable(p)));
  }

  /** A directory that exists and can be read, where one is set. */
  public Optional<Path> directory(Setting setting) {
    return read(
        setting,
        "must be a directory that exists and can be read",
        text -> Parse.path(text).filter(p -> Files.isDirectory(p) && Files.isReadable(p)));
  }

  /** An absolute http or https URI, where one is set. */
  public Optional<URI> uri(Setting setting) {
    return read(setting, "must be an absolute http or https URI", Parse::uri);
  }

  /** The secret, from the variable or from the file that {@code …_FILE} names. */
  public Optional<Secret> secret(Setting setting) {
    if (!setting.secret()) {
      throw new IllegalArgumentException(setting + " is not marked as a secret in the catalogue");
    }
    return secret(setting.variable());
  }

  /** The secret; that there is none is a problem. */
  public Secret requiredSecret(Setting setting) {
    int before = problems.size();
    Optional<Secret> secret = secret(setting);
    if (secret.isEmpty() && problems.size() == before) {
      demand(setting, secret);
    }
    return secret.orElseGet(() -> new Secret(setting.example()));
  }

  /** Whether an operator set it, in one form or the other. */
  public boolean isSet(Setting setting) {
    return variables.containsKey(setting.variable())
        || (setting.secret() && variables.containsKey(setting.variable() + SecretSource.FILE));
  }

  /** Whether it is there but blank; for the few settings where that means none, not unset. */
  public boolean isBlank(Setting setting) {
    return blank.contains(setting.variable());
  }

  /** Notes what a settings record finds wrong with a value that is fine in itself. */
  public void problem(Setting setting, String rule) {
    String value = setting.secret() ? null : variables.get(setting.variable());
    add(Problem.of(setting.variable(), value, rule, setting.example()));
  }

  /** Everything read so far that has a value, in the order of reading; secrets are masked. */
  public Map<String, String> effective() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(effective));
  }

  /** Throws every problem at once, those of unknown variables included; returns when none is. */
  public void verify() {
    List<Problem> all = new ArrayList<>(problems);
    variables.forEach((name, value) -> UnknownVariable.problem(name, value).ifPresent(all::add));
    if (!all.isEmpty()) {
      throw new ConfigurationException(all);
    }
  }

  /** The variables that start so, less Kubernetes' own. */
  SortedMap<String, String> startingWith(String prefix) {
    return variables.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  Optional<Secret> secret(String variable) {
    Optional<Secret> secret = SecretSource.read(variable, variables, this::add);
    secret.ifPresent(value -> effective.put(variable, value.toString()));
    return secret;
  }

  void effective(String variable, String value) {
    effective.put(variable, SecretMask.mask(value));
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  private Optional<Integer> readInteger(Setting setting, int min, int max) {
    String rule =
        max == Integer.MAX_VALUE
            ? "must be a whole number from " + min
            : "must be a whole number from " + min + " to " + max;
    return read(setting, rule, text -> Parse.integer(text).filter(n -> n >= min && n <= max));
  }

  private <T> Optional<T> read(Setting setting, String rule, Function<String, Optional<T>> parser) {
    if (setting.secret()) {
      throw new IllegalArgumentException(setting + " is a secret: read it as one");
    }
    Optional<String> text =
        Optional.ofNullable(variables.get(setting.variable()))
            .map(String::strip)
            .or(setting::defaultValue);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    effective(setting.variable(), text.get());
    Optional<T> value = parser.apply(text.get());
    if (value.isEmpty()) {
      add(Problem.of(setting.variable(), text.get(), rule, setting.example()));
      return parser.apply(setting.example());
    }
    return value;
  }

  private static <T> T withDefault(Setting setting, Optional<T> value) {
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                setting + " has no default in the catalogue, or an example that is not valid"));
  }

  private String demand(Setting setting, Optional<?> value) {
    if (value.isEmpty()) {
      String unset =
          setting.secret()
              ? "is needed, but neither it nor "
                  + setting.variable()
                  + SecretSource.FILE
                  + " is set"
              : "is needed, but not set";
      add(
          Problem.of(
              setting.variable(), null, unset + " (" + setting.meaning() + ")", setting.example()));
      return setting.example();
    }
    return value.get().toString();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
