package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Fact.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the fleet that stand beside their noun: {@code 6 critical}, {@code 12 alerts firing},
 * {@code 3 open critical issues}. They are compared with the snapshot's distribution of that name.
 */
final class FleetCounts {

  private static final int LOOKED_AT = 90;
  private static final Pattern ASIDE = Pattern.compile("^\\s?\\([^()]{1,24}\\)");
  private static final String STILL = "(?:(?:are|is|were|was|have been|still|currently|now) )*";
  private static final Pattern ISSUES_OF =
      after(
          "(?:open |ongoing )?(critical|high|medium|low)(?:[- ](?:severity|priority))?"
              + " (?:open |ongoing )?issues?\\b");
  private static final Pattern ISSUES =
      after("(?:(?:open|ongoing) issues?\\b|issues? " + STILL + "(?:open|ongoing)\\b)");
  private static final Pattern FIRING =
      after("(?:firing alerts?\\b|alerts? " + STILL + "(?:firing|fire)\\b)");
  private static final Pattern RESOLVED =
      after("(?:resolved alerts?\\b|alerts? " + STILL + "resolved\\b)");
  private static final Pattern STATUS =
      after(
          "(?:(active|suspended|terminated) clusters?\\b"
              + "|clusters? "
              + STILL
              + "(active|suspended|terminated)\\b)");
  private static final Pattern TOTAL = after("clusters? (?:in total|in all|overall|altogether)\\b");
  private static final Pattern RATED =
      after(
          "(clusters? )?"
              + STILL
              + "(?:rated |at |in )?(?:a )?"
              + "(critical|warning|healthy|moderate|poor)( clusters?)?\\b(?![-])");

  /** What narrows a count to a part of the fleet, or moves it to another time. */
  private static final Pattern NARROWED =
      Pattern.compile(
          "\\b(?:that|which|whose|where|who|not|no|of (?:the|them|these|those|which|its|whom|their)|among|these|those|them|both"
              + "|others?|another|additional|more|further|new|newly|remaining|previous(?:ly)?"
              + "|yesterday|earlier|last|since|tier|customers?|regions?|accounts?|versions?|flagged"
              + "|looked|top|worst|each|per|every|from|than|if|would|could|will|may|might|expected"
              + "|with|without|nodes?|running|clouds?|zones?|aws|gcp|azure|up|down|priority|only"
              + "|for|on|by|after|before|within|between)\\b");

  private static final Pattern FLEET =
      Pattern.compile("\\b(?:of|in|across|for) the (?:whole |entire )?fleet\\b");

  private final Sentence sentence;
  private final FactIndex index;
  private final String words;

  /** Looked at where it is first asked for. */
  private @Nullable Boolean narrowed;

  FleetCounts(Sentence sentence, FactIndex index) {
    this.sentence = sentence;
    this.index = index;
    this.words = sentence.words().toLowerCase(Locale.ROOT);
  }

  /** The facts that a number is one of by what follows it, and whether a difference contradicts. */
  record Counted(List<Fact> facts, boolean plain) {

    @Nullable Fact same(Quantity quantity) {
      return facts.stream().filter(f -> Comparison.equal(quantity, f)).findFirst().orElse(null);
    }

    Fact first() {
      return facts.get(0);
    }
  }

  /** Null where what follows is none of the counts, or the data has none. */
  @Nullable Counted behind(int end) {
    String text = sentence.text();
    String behind =
        text.substring(end, Math.min(sentence.end(), end + LOOKED_AT)).toLowerCase(Locale.ROOT);
    Matcher aside = ASIDE.matcher(behind);
    behind = aside.find() ? behind.substring(aside.end()) : behind;
    Names names = names(behind, words);
    List<Fact> facts =
        names.keys().stream()
            .flatMap(name -> index.fleet().named(index.name(name).key()).stream())
            .filter(Fact::isNumber)
            .toList();
    if (facts.isEmpty()) {
      return null;
    }
    return new Counted(facts, names.sure() && !isNarrowed());
  }

  private boolean isNarrowed() {
    Boolean known = narrowed;
    if (known == null) {
      known = NARROWED.matcher(FLEET.matcher(words).replaceAll("")).find();
      narrowed = known;
    }
    return known;
  }

  /** Under which names the counts stand; {@code sure} where nothing else can be meant. */
  private record Names(List<String> keys, boolean sure) {}

  private static Names names(String behind, String sentence) {
    Matcher m = ISSUES_OF.matcher(behind);
    if (m.find()) {
      return new Names(List.of("open_issues " + m.group(1)), true);
    }
    if (ISSUES.matcher(behind).find()) {
      return new Names(List.of("issue open"), true);
    }
    if (FIRING.matcher(behind).find()) {
      return new Names(
          List.of("alerts_24h firing", "alerts_24h firing_from_before", "alert firing"), true);
    }
    if (RESOLVED.matcher(behind).find()) {
      return new Names(List.of("alerts_24h resolved"), true);
    }
    m = STATUS.matcher(behind);
    if (m.find()) {
      return new Names(List.of("cluster_counts " + first(m.group(1), m.group(2))), true);
    }
    if (TOTAL.matcher(behind).find()) {
      return new Names(List.of("cluster_counts total"), true);
    }
    m = RATED.matcher(behind);
    return m.find() ? rated(m, behind, sentence) : new Names(List.of(), false);
  }

  private static Names rated(Matcher m, String behind, String sentence) {
    String level = m.group(2);
    List<String> names = new ArrayList<>();
    boolean cluster = m.group(1) != null || m.group(3) != null;
    boolean other = sentence.contains("issue") || sentence.contains("alert");
    boolean health = sentence.contains("score") || sentence.contains("health ");
    if (health) {
      names.add("health_distribution " + level);
    }
    names.add("risk_distribution " + level);
    names.add("health_distribution " + level);
    if (!cluster && other) {
      names.add("open_issues " + level);
    }
    String next = behind.substring(m.end()).stripLeading();
    boolean ends = next.isEmpty() || ",.;:)(–—".indexOf(next.charAt(0)) >= 0;
    boolean goesOn = Stream.of("and ", "but ", "while ").anyMatch(next::startsWith);
    boolean alternative = next.startsWith("or ");
    return new Names(names, !alternative && (cluster || ((ends || goesOn) && !other)));
  }

  private static String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : String.valueOf(other);
  }

  private static Pattern after(String pattern) {
    return Pattern.compile("^[\\s*_]{1,3}" + pattern);
  }

  static Fact found(Counted counted) {
    return counted.facts().stream()
        .filter(fact -> fact.standing() == Standing.MEASURED)
        .findFirst()
        .orElse(counted.first());
  }
}
