package io.patrolagent.agentrunner.offline.wording;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells text that gives a reader orders from text that reports something. Nobody writes to a
 * database's log that instructions are to be ignored unless a language model may read it.
 */
public final class HostileText {

  private static final Pattern ORDERS =
      Pattern.compile(
          String.join(
              "|",
              "\\b(ignore|disregard|forget)\\b.{0,40}\\b(instructions?|rules?|prompts?|directions?)\\b",
              "\\boverrid(e|es|ing)\\b.{0,20}\\b(rules?|instructions?|prompts?)\\b",
              "\\b(system|developer) (message|prompt|instructions?)\\b.{0,20}\\b(ai|llm|model|assistant|agent)\\b",
              "\\b(ai|llm|language model|assistant|chatbot)\\b[^.]{0,80}\\b(must|should|shall)\\b",
              "\\bdo not (mention|report|flag|escalate)\\b",
              "\\b(report|mark|declare|classify)\\b[^.]{0,40}\\bas healthy\\b",
              "\\byou are (now )?(an? )?(ai|llm|language model|assistant|agent)\\b",
              "\\bnew instructions?:",
              "<<<(data|end)\\b",
              "<\\|im_start\\|>|\\[/?inst\\]"),
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private HostileText() {}

  /** Whether the text, or a part of it, tells its reader what to do or to leave out. */
  public static boolean isIn(@Nullable String text) {
    return text != null && ORDERS.matcher(text).find();
  }
}
