package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.ReportParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The reports that the run's last writer has written, each the text of an answer behind what it
 * goes on from: one, and a second where it was asked to repair the first.
 *
 * @param whole whether the last one was written to its end
 * @param written whether any of them was: what follows can only be its repair
 */
record Drafts(List<String> texts, boolean whole, boolean written) {

  static Drafts of(List<Done> steps) {
    List<String> texts = new ArrayList<>();
    String writer = null;
    boolean open = false;
    boolean written = false;
    for (Done step : steps) {
      if (!(step instanceof ModelDone answer)
          || Conversation.message(answer).hasToolExecutionRequests()) {
        if (!written) {
          texts.clear();
        }
        open = false;
        continue;
      }
      if (!answer.provider().equals(writer)) {
        texts.clear();
        written = false;
        open = false;
        writer = answer.provider();
      }
      String text = Conversation.text(answer);
      if (text.isBlank()) {
        open = false; // there is nothing to go on with
        continue;
      }
      if (open) {
        texts.set(texts.size() - 1, texts.get(texts.size() - 1) + text);
      } else {
        texts.add(text);
      }
      open = Conversation.isCut(answer);
      written |= !open;
    }
    return new Drafts(List.copyOf(texts), !texts.isEmpty() && !open, written);
  }

  boolean isRepaired() {
    return texts.size() > 1;
  }

  /** The first one, empty where there is none. */
  String first() {
    return texts.isEmpty() ? "" : texts.get(0);
  }

  /**
   * The one in which most can be read, the newest of equals. A repair may hold what was missing and
   * nothing else: then it is both.
   */
  String best() {
    if (texts.size() < 2) {
      return first();
    }
    String last = texts.get(texts.size() - 1);
    return List.of(last, first(), first() + "\n\n" + last).stream()
        .min(Comparator.comparingInt(text -> read(text).missing().size()))
        .orElse(last);
  }

  static ParsedReport read(String text) {
    return ReportParser.parse(text);
  }
}
