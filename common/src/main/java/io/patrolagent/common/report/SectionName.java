package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name that a section goes by: the one that is asked for, its singular, and the {@code other}
 * ones that models fall back on, which count only where the report has no better.
 */
record SectionName(ReportSection section, String letters, boolean other) {

  static final List<SectionName> ALL = all();

  private static List<SectionName> all() {
    List<SectionName> names = new ArrayList<>();
    for (ReportSection section : ReportSection.values()) {
      String letters = section.name().replace("_", "");
      names.add(new SectionName(section, letters, false));
      if (letters.endsWith("IES")) {
        names.add(
            new SectionName(section, letters.substring(0, letters.length() - 3) + "Y", false));
      } else if (letters.endsWith("S")) {
        names.add(new SectionName(section, letters.substring(0, letters.length() - 1), false));
      }
    }
    other(names, ReportSection.FLEET_NARRATIVE, "NARRATIVE", "FLEETSUMMARY", "FLEETOVERVIEW");
    other(names, ReportSection.FLEET_NARRATIVE, "EXECUTIVESUMMARY");
    other(names, ReportSection.FLAGGED_CLUSTERS, "CLUSTERSFLAGGED", "PROBLEMCLUSTERS");
    other(names, ReportSection.PREDICTIONS, "FORECAST", "FORECASTS");
    other(names, ReportSection.CUSTOMER_SUMMARIES, "CUSTOMERSUMMARYLIST", "CUSTOMERIMPACT");
    other(names, ReportSection.RECOMMENDED_ACTIONS, "RECOMMENDATIONS", "ACTIONS", "ACTIONITEMS");
    return List.copyOf(names);
  }

  private static void other(List<SectionName> names, ReportSection section, String... letters) {
    for (String name : letters) {
      names.add(new SectionName(section, name, true));
    }
  }

  /** The section whose name, as asked for, these are the words of. */
  static Optional<ReportSection> sectionOf(String words) {
    return ALL.stream()
        .filter(name -> !name.other() && name.endIn(words) == words.length())
        .map(SectionName::section)
        .findFirst();
  }

  /** Where the name ends in the title, its words joined by anything, or -1. */
  int endIn(String title) {
    int at = 0;
    for (int i = 0; i < letters.length(); i++) {
      while (i > 0 && at < title.length() && joins(title.charAt(at))) {
        at++;
      }
      if (at >= title.length() || Character.toUpperCase(title.charAt(at)) != letters.charAt(i)) {
        return -1;
      }
      at++;
    }
    return at < title.length() && Character.isLetterOrDigit(title.charAt(at)) ? -1 : at;
  }

  private static boolean joins(char c) {
    return "_-\\‑–".indexOf(c) >= 0 || Blank.is(c);
  }
}
