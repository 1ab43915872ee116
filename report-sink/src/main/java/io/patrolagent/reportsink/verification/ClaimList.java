package io.patrolagent.reportsink.verification;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects claims, and of the sources those that a claim rests on. Not thread-safe. */
final class ClaimList {

  private static final int LONGEST = 200;

  /** Ten times what a report on a thousand clusters claims: the row has to stay readable. */
  private static final int MOST = 100_000;

  private final FactIndex index;
  private final List<Claim> claims = new ArrayList<>();
  private final List<EvidenceSource> sources = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private boolean whole = true;

  ClaimList(FactIndex index) {
    this.index = index;
  }

  /** Where a claim stands, and the cluster that it is about. */
  record Place(ReportSection section, @Nullable Integer entry, @Nullable String clusterId) {

    Place about(@Nullable String cluster) {
      return new Place(section, entry, cluster);
    }
  }

  void verified(Place place, String name, String written, Fact fact) {
    add(place, name, written, Mark.VERIFIED, fact.shown(), fact.source());
  }

  void contradicted(Place place, String name, String written, Fact fact) {
    add(place, name, written, Mark.CONTRADICTED, fact.shown(), fact.source());
  }

  void unsupported(Place place, String name, String written) {
    add(place, name, written, Mark.UNSUPPORTED, null, null);
  }

  void add(
      Place place,
      String name,
      String written,
      Mark mark,
      @Nullable String found,
      @Nullable Integer source) {
    if (claims.size() == MOST) {
      leaveOut();
      return;
    }
    claims.add(
        new Claim(
            place.section(),
            place.entry(),
            place.clusterId(),
            cut(name),
            cut(written),
            mark,
            found == null ? null : cut(found),
            source == null ? null : numbers.computeIfAbsent(source, this::take)));
  }

  /** Something of the report is not looked at. */
  void leaveOut() {
    whole = false;
  }

  Grounding grounding() {
    return new Grounding(claims, sources, whole);
  }

  private int take(int source) {
    sources.add(index.source(source));
    return sources.size() - 1;
  }

  /** Never half of a surrogate pair. */
  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }
}
