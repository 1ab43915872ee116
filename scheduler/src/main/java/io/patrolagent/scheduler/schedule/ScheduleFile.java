package io.patrolagent.scheduler.schedule;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventTooLargeException;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads named schedules from YAML (and so from JSON, which is a part of it), and tells everything
 * that is wrong with them at once, with line and schedule. For one reading.
 */
final class ScheduleFile {

  private static final String ROOT = "schedules";
  private static final List<String> REQUIRED = List.of("name", "type", "cron");
  private static final List<String> KEYS =
      List.of("name", "type", "cron", "zone", "scope", "focus");
  private static final List<String> SCOPE =
      List.of("accounts", "customers", "tiers", "regions", "clusters");

  private final ZoneId defaultZone;
  private final Consumer<String> problems;
  private final Map<String, Integer> linesOfNames = new TreeMap<>();
  private final List<Schedule> schedules = new ArrayList<>();
  private int count;

  private ScheduleFile(ZoneId defaultZone, Consumer<String> problems) {
    this.defaultZone = defaultZone;
    this.problems = problems;
  }

  /** The file's schedules; those that something is wrong with are missing, and it is told. */
  static List<Schedule> read(Path file, ZoneId defaultZone, Consumer<String> problems) {
    try {
      return parse(Files.readString(file), defaultZone, problems);
    } catch (IOException e) {
      problems.accept("must be a text file in UTF-8 that can be read");
      return List.of();
    }
  }

  static List<Schedule> parse(String yaml, ZoneId defaultZone, Consumer<String> problems) {
    ScheduleFile file = new ScheduleFile(defaultZone, problems);
    try {
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
      root.ifPresentOrElse(file::readRoot, () -> file.tell(1, "holds no schedules"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      file.tell(line, "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      file.tell(1, "is not YAML: " + e.getMessage());
    }
    return file.schedules;
  }

  private void readRoot(Node root) {
    YamlFields fields = YamlFields.of(root, "the file", List.of(ROOT), this::tell);
    fields.require(List.of(ROOT));
    fields.node(ROOT).ifPresent(list -> readList(list, fields.line(ROOT)));
  }

  private void readList(Node list, int line) {
    if (list instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      sequence.getValue().forEach(this::readSchedule);
    } else {
      tell(line, ROOT + " must be a list of one schedule or more");
    }
  }

  private void readSchedule(Node node) {
    TreeMap<Integer, List<String>> found = new TreeMap<>();
    YamlFields.Problems mine =
        (line, problem) -> found.computeIfAbsent(line, l -> new ArrayList<>()).add(problem);
    YamlFields fields = YamlFields.of(node, "a schedule", KEYS, mine);
    fields.require(REQUIRED);
    Optional<String> name = fields.parsed("name", text -> unused(text, fields.line("name")));
    Optional<ReportType> type = fields.parsed("type", ScheduleFile::scheduled);
    Optional<Cron> cron = fields.parsed("cron", Cron::parse);
    ZoneId zone = fields.parsed("zone", Zones::parse).orElse(defaultZone);
    Scope scope = scope(fields, mine);
    String focus = fields.text("focus").orElse(null);
    if (found.isEmpty()) {
      Schedule schedule =
          Schedule.named(
              name.orElseThrow(), type.orElseThrow(), cron.orElseThrow(), zone, scope, focus);
      requireTriggerable(schedule, fields.line(), mine);
      schedules.add(schedule);
    }
    count++;
    String title = fields.has("name") ? name.orElse("" + count) : count + " (without a name)";
    found.forEach((line, all) -> all.forEach(one -> tell(line, "schedule " + title + ": " + one)));
  }

  private String unused(String name, int line) {
    if (!Schedule.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be up to 63 lower-case letters, digits and dashes, a dash not first");
    }
    Integer first = linesOfNames.putIfAbsent(name, line);
    if (first != null) {
      throw new IllegalArgumentException("is the name of the schedule on line " + first + " too");
    }
    return name;
  }

  private static ReportType scheduled(String text) {
    return ScheduleSettings.types().stream()
        .filter(type -> type.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of morning, evening, weekly"));
  }

  private static Scope scope(YamlFields schedule, YamlFields.Problems problems) {
    Optional<Node> node = schedule.node("scope");
    if (node.isEmpty()) {
      return Scope.FLEET;
    }
    YamlFields fields = YamlFields.of(node.get(), "scope", SCOPE, problems);
    try {
      return new Scope(
          fields.texts("accounts"),
          fields.texts("customers"),
          fields.texts("tiers"),
          fields.texts("regions"),
          fields.texts("clusters"));
    } catch (IllegalArgumentException e) {
      problems.add(fields.line(), String.valueOf(e.getMessage()));
      return Scope.FLEET;
    }
  }

  /** What a trigger may hold is told now and not at the first slot. */
  private static void requireTriggerable(
      Schedule schedule, int line, YamlFields.Problems problems) {
    try {
      Slot slot = schedule.next(Instant.EPOCH);
      EventCodec.encode(schedule.trigger(slot, Duration.ofMinutes(1)));
    } catch (IllegalArgumentException | EventTooLargeException e) {
      problems.add(line, String.valueOf(e.getMessage()));
    }
  }

  private void tell(int line, String problem) {
    problems.accept("line " + line + ": " + problem);
  }
}
