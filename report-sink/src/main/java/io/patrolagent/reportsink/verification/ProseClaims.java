package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.reportsink.verification.ClaimList.Place;
import io.patrolagent.reportsink.verification.Quantity.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the clusters and figures that prose names. A figure is about the clusters that its
 * sentence names, or else those of the sentence before, of the customer it names, or of the entry,
 * and otherwise about the fleet.
 */
final class ProseClaims {

  private static final Pattern TIER = Pattern.compile("\\(Tier ([SABC])\\)");

  /** {@code 80 and above}: how a word is defined. */
  private static final Pattern BAND =
      Pattern.compile("\\s?(?:(?:and|or) (?:above|over|more|higher|below|less|lower)|to below)\\b");

  /** A sentence on clusters is not on the one that the sentence before it names. */
  private static final Pattern SEVERAL =
      Pattern.compile("\\bclusters\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern LISTED = Pattern.compile("(?:^|\\n)[ \\t]*\\(?$");

  /** Far above what anybody reads; nothing behind it is checked. */
  private static final int LONGEST = 100_000;

  private final FactIndex index;
  private final ClaimList claims;
  private final ClusterClaims clusters;

  ProseClaims(FactIndex index, ClaimList claims, ClusterClaims clusters) {
    this.index = index;
    this.claims = claims;
    this.clusters = clusters;
  }

  /**
   * A text with what it is about where its sentences do not say; {@code future} are parts of it
   * that say what is to come.
   */
  record Text(Place place, String text, Set<String> about, List<String> future) {

    static Text of(Place place, String text) {
      String cluster = place.clusterId();
      return new Text(place, text, cluster == null ? Set.of() : Set.of(cluster), List.of());
    }
  }

  void check(Text prose) {
    String text = prose.text();
    if (text.length() > LONGEST) {
      claims.leaveOut();
      check(new Text(prose.place(), text.substring(0, LONGEST), prose.about(), prose.future()));
      return;
    }
    List<Mention> mentions = Mention.in(text, index);
    List<Figure> figures = FigureReader.read(text);
    Set<String> named = new HashSet<>();
    Set<String> before = prose.about();
    int mention = 0;
    int figure = 0;
    for (Sentence sentence : Sentence.of(text)) {
      List<Mention> mentioned = new ArrayList<>();
      while (mention < mentions.size() && mentions.get(mention).start() < sentence.end()) {
        mentioned.add(mentions.get(mention++));
      }
      List<Figure> counted = new ArrayList<>();
      while (figure < figures.size() && figures.get(figure).start() < sentence.end()) {
        counted.add(figures.get(figure++));
      }
      for (Mention one : mentioned) {
        if (named.add(one.word())) {
          clusters.check(prose.place(), text, one);
        }
      }
      before =
          sentence.opens() || SEVERAL.matcher(sentence.words()).find() ? prose.about() : before;
      before = figures(prose, sentence, mentioned, counted, before);
    }
  }

  /** Returns what the next sentence is about if it names nothing. */
  private Set<String> figures(
      Text prose,
      Sentence sentence,
      List<Mention> mentioned,
      List<Figure> figures,
      Set<String> before) {
    Set<String> ids = new TreeSet<>();
    mentioned.forEach(mention -> ids.add(mention.id() == null ? mention.word() : mention.id()));
    tiers(prose, sentence, mentioned);
    if (figures.isEmpty()) {
      return ids.isEmpty() ? before : ids;
    }
    List<String> phrases = sentence.phrases();
    if (ids.isEmpty()) {
      phrases.forEach(phrase -> ids.addAll(index.clustersOf(Comparison.folded(phrase))));
    }
    boolean ofFleet = ids.isEmpty() && before.isEmpty();
    Set<String> about = ids.isEmpty() ? before : ids;
    Place place = prose.place().about(about.size() == 1 ? about.iterator().next() : null);
    SentenceCheck check = new SentenceCheck(index, sentence, phrases, figures, about);
    FleetCounts counts = ofFleet ? new FleetCounts(sentence, index) : null;
    for (Figure figure : figures) {
      figure(prose, place, figure, counts, check);
    }
    return mentioned.isEmpty() ? before : ids;
  }

  private void figure(
      Text prose, Place place, Figure figure, @Nullable FleetCounts counts, SentenceCheck check) {
    String text = prose.text();
    if (isNoClaim(text, figure)) {
      return;
    }
    String written = text.substring(figure.start(), figure.end());
    if (counts != null
        && figure instanceof Figure.Amount number
        && number.quantity().unit() == null) {
      FleetCounts.Counted counted = counts.behind(number.end());
      Fact same = counted == null ? null : counted.same(number.quantity());
      if (same != null) {
        claims.verified(place, "number", written, same);
        return;
      }
      boolean exact =
          number.quantity().bound() == Bound.EXACT || number.quantity().bound() == Bound.ABOUT;
      if (counted != null && counted.plain() && exact) {
        claims.contradicted(place, "number", written, FleetCounts.found(counted));
        return;
      }
    }
    Fact found = isAim(prose, figure) ? null : check.find(figure);
    if (found != null) {
      claims.verified(place, "number", written, found);
    } else if (!isOfFuture(prose, figure, written)) {
      claims.unsupported(place, "number", written);
    }
  }

  private boolean isNoClaim(String text, Figure figure) {
    if (!(figure instanceof Figure.Amount number)) {
      return false;
    }
    Unit unit = number.quantity().unit();
    int start = number.start();
    if (unit != null) {
      return unit.isTime() && Introduction.isWindow(text, start);
    }
    double value = number.quantity().readings().get(0).value();
    boolean plain = number.end() - start <= 4 && !number.quantity().hasDecimals();
    boolean year = number.end() - start == 4 && value >= 1990 && value <= 2100;
    boolean listed =
        plain
            && number.end() < text.length()
            && ".)".indexOf(text.charAt(number.end())) >= 0
            && LISTED.matcher(text.substring(Math.max(0, start - 8), start)).find();
    return listed
        || year
        || BAND.matcher(text).region(number.end(), text.length()).lookingAt()
        || Introduction.isNumbered(text, start);
  }

  private static boolean speaksOfFuture(Text prose) {
    ReportSection section = prose.place().section();
    return section == ReportSection.PREDICTIONS || section == ReportSection.RECOMMENDED_ACTIONS;
  }

  /** {@code to below 70 %} of what is to be done: something will be near it by chance. */
  private static boolean isAim(Text prose, Figure figure) {
    return speaksOfFuture(prose)
        && figure instanceof Figure.Amount amount
        && amount.quantity().bound() != Bound.EXACT
        && Introduction.isTarget(prose.text(), figure.start());
  }

  /** What may come or is to be done cannot be looked up. */
  private boolean isOfFuture(Text prose, Figure figure, String written) {
    if (!speaksOfFuture(prose)) {
      return false;
    }
    if (prose.future().stream().anyMatch(part -> part.contains(written))) {
      return true;
    }
    if (figure instanceof Figure.Time time) {
      var instants = time.moment().instants(index.writtenAt());
      return instants == null || instants.high() > index.writtenAt().getEpochSecond();
    }
    return figure instanceof Figure.Amount && Introduction.isTarget(prose.text(), figure.start());
  }

  /** {@code c-0042 of ACME (Tier S)}: the tier of the cluster named before it. */
  private void tiers(Text prose, Sentence sentence, List<Mention> mentioned) {
    Matcher tier = TIER.matcher(prose.text()).region(sentence.start(), sentence.end());
    while (tier.find()) {
      int at = tier.start();
      Mention cluster =
          mentioned.stream()
              .filter(mention -> mention.id() != null && mention.end() <= at)
              .max(Comparator.comparingInt(Mention::start))
              .orElse(null);
      if (cluster != null) {
        tier(prose.place().about(cluster.id()), tier.group(1), mentioned.size() == 1);
      }
    }
  }

  private void tier(Place place, String written, boolean sure) {
    FactSet facts = index.cluster(String.valueOf(place.clusterId()));
    @Nullable Fact other = null;
    for (Fact fact : facts.named(index.name("customer_tier").key())) {
      if (fact.text() != null && Comparison.sameText(written, fact.text())) {
        claims.verified(place, "tier", written, fact);
        return;
      }
      other = other == null ? fact : other;
    }
    if (other != null && sure) {
      claims.add(place, "tier", written, Mark.CONTRADICTED, other.shown(), other.source());
    }
  }
}
