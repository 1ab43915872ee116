package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines as the items of a list: a bullet of any kind, a number, a {@code [label]} or a title of its
 * own in front. Lines that follow an item, and bullets indented below it, belong to it. A title
 * that is a label, or whose bullets have labels of their own, heads a group: {@code group} is what
 * it says. {@code loose} are the paragraphs that belong to no item.
 */
record BulletList(List<Item> items, List<String> loose) {

  /** An item's text; the title of its group, where it has one. */
  record Item(@Nullable String group, String text) {}

  private static final String MARKERS = "-*+•·–—‣▪▫●○◦∙⁃➤►▶➜→✓✔☐□■◆";
  private static final Pattern THINGS =
      Pattern.compile(
          "\\s(?:actions?|items?|tasks?|predictions?|clusters?|issues?)(?: required)?:?$",
          Pattern.CASE_INSENSITIVE);
  private static final int MAX_DIGITS = 3;
  private static final int LONGEST_GROUP = 60;
  private static final int LONGEST_TITLE = 160;

  static BulletList of(List<String> lines, Scale scale) {
    var reader = new Reader(scale);
    lines.stream().filter(line -> !Fence.is(line)).forEach(reader::take);
    reader.end();
    reader.endGroup();
    return new BulletList(reader.items, reader.loose);
  }

  /** Where the text behind the line's bullet begins, or -1 if it has none. */
  static int afterMarker(String line) {
    int at = indentOf(line);
    if (at >= line.length()) {
      return -1;
    }
    int end;
    boolean bullet = MARKERS.indexOf(line.charAt(at)) >= 0;
    if (bullet) {
      end = at + 1;
    } else {
      boolean bracket = line.charAt(at) == '(';
      int digits = at + (bracket ? 1 : 0);
      end = digits;
      while (end < line.length() && Character.isDigit(line.charAt(end))) {
        end++;
      }
      boolean letter = end == digits && end + 1 < line.length() && isLetterNumber(line, end);
      end += letter ? 1 : 0;
      boolean number = end > digits && end - digits <= MAX_DIGITS && end < line.length();
      if (!number || !closesNumber(line.substring(end), bracket || letter)) {
        return -1;
      }
      end += line.startsWith("\uFE0F\u20E3", end) ? 2 : 1;
    }
    boolean separated =
        end < line.length() && (Blank.is(line.charAt(end)) || "[【".indexOf(line.charAt(end)) >= 0);
    return separated ? afterCheckbox(line, end) : -1;
  }

  private static boolean isLetterNumber(String line, int at) {
    return "abcdefghABCDEFGH".indexOf(line.charAt(at)) >= 0 && line.charAt(at + 1) == ')';
  }

  private static boolean closesNumber(String rest, boolean onlyBracket) {
    return rest.startsWith(")")
        || (!onlyBracket && (rest.startsWith(".") || rest.startsWith("\uFE0F\u20E3")));
  }

  private static int afterCheckbox(String line, int at) {
    int box = at;
    while (box < line.length() && Blank.is(line.charAt(box))) {
      box++;
    }
    boolean checkbox =
        line.startsWith("[ ]", box) || line.startsWith("[x]", box) || line.startsWith("[X]", box);
    return checkbox ? box + 3 : at;
  }

  static int indentOf(String line) {
    int at = 0;
    while (at < line.length() && Blank.is(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static final class Reader {

    private final Scale scale;
    private final List<Item> items = new ArrayList<>();
    private final List<String> loose = new ArrayList<>();
    private @Nullable StringBuilder open;
    private @Nullable String group;
    private @Nullable String title;
    private boolean inItem;
    private boolean afterBlank = true;
    private boolean bulleted;
    private int firstIndent = -1;
    private int groupBegan;

    Reader(Scale scale) {
      this.scale = scale;
    }

    /** The end of a group; what its title says is not lost where nothing stood below it. */
    private void endGroup() {
      if (group != null && items.size() == groupBegan) {
        String words = titleWords(group);
        if (words.indexOf('(') >= 0 || !scale.isWord(label(words))) {
          loose.add(group);
        }
      }
      group = null;
    }

    void take(String line) {
      if (line.isBlank()) {
        if (!inItem || (group != null && !bulleted && title == null)) {
          end();
          inItem = false;
        }
        afterBlank = true;
        return;
      }
      if (Rule.is(line)) {
        end();
        inItem = false;
        afterBlank = true;
        return;
      }
      String heading = heading(line);
      if (heading != null) {
        head(heading);
      } else {
        text(line);
      }
      afterBlank = false;
    }

    /** The line's title, if it is one: with number signs, or in bold and nothing else. */
    private @Nullable String heading(String line) {
      var marked = Heading.read(line).filter(heading -> heading.level() > 0);
      if (marked.isPresent()) {
        return marked.get().title();
      }
      String stripped = line.strip();
      boolean alone = (afterBlank || open == null) && indentOf(line) == 0 && afterMarker(line) < 0;
      boolean label = alone && isGroup(stripped) && Markup.endsTitle(stripped);
      boolean bold = alone && Markup.isBoldTitle(stripped, LONGEST_TITLE);
      return label || bold ? stripped : null;
    }

    private void head(String heading) {
      end();
      endGroup();
      firstIndent = -1;
      bulleted = false;
      if (isGroup(heading)) {
        group = heading;
        groupBegan = items.size();
        title = null;
        inItem = false;
        return;
      }
      title = heading;
      inItem = true;
      int marker = afterMarker(heading);
      open = new StringBuilder(marker < 0 ? heading : Blank.strip(heading.substring(marker)));
    }

    private boolean isGroup(String heading) {
      return heading.length() <= LONGEST_GROUP && isLabel(heading, scale);
    }

    private void text(String line) {
      int indent = indentOf(line);
      int marker = afterMarker(line);
      boolean labelled = marker < 0 && indent <= Math.max(0, firstIndent) && isLabelled(line);
      boolean begins = (marker >= 0 || labelled) && (firstIndent < 0 || indent <= firstIndent + 1);
      if (begins && title != null) {
        begins = Label.begins(line.substring(Math.max(marker, indent)), scale);
        if (begins) {
          // the title heads items that are labelled themselves: it is no item
          boolean alone = open != null && open.indexOf("\n") < 0;
          group = alone && title.length() <= LONGEST_GROUP ? title : null;
          groupBegan = items.size();
          if (group != null) {
            open = null;
          }
          title = null;
        }
      }
      if (begins) {
        end();
        firstIndent = firstIndent < 0 ? indent : Math.min(firstIndent, indent);
        inItem = true;
        bulleted = true;
        open = new StringBuilder(Blank.strip(line.substring(Math.max(marker, indent))));
      } else if (open == null) {
        inItem = inItem || group != null;
        open = new StringBuilder(Blank.strip(line));
      } else {
        open.append('\n').append(Blank.strip(line));
      }
    }

    private boolean isLabelled(String line) {
      String stripped = line.strip();
      boolean bracket = stripped.startsWith("[") || stripped.startsWith("**[");
      return bracket || Label.begins(line, scale);
    }

    void end() {
      if (open != null && !open.isEmpty()) {
        if (inItem) {
          items.add(new Item(group, open.toString()));
        } else {
          loose.add(open.toString());
        }
      }
      open = null;
    }
  }

  /** Whether a title says a word of the scale and, a note in parentheses aside, nothing else. */
  private static boolean isLabel(String heading, Scale scale) {
    String words = label(titleWords(heading));
    boolean any = false;
    for (String part : words.split("[–—:,/|]|\\s-\\s", -1)) {
      boolean reads = scale.read(part) != null;
      if (!reads && !part.isBlank() && !scale.isName(Scale.letters(part))) {
        return false;
      }
      any |= reads;
    }
    return any;
  }

  /** The words of a title without a note and without what the section is a list of. */
  static String label(String words) {
    int note = words.indexOf('(');
    String label = note > 0 ? words.substring(0, note) : words;
    return THINGS.matcher(Blank.strip(label)).replaceFirst("");
  }

  /** A title's own words, without numbers, marks and a colon at the end. */
  static String titleWords(String heading) {
    String words = Markup.withoutMarks(heading);
    int end = words.length();
    while (end > 0 && ": \t".indexOf(words.charAt(end - 1)) >= 0) {
      end--;
    }
    words = words.substring(0, end);
    int from = words.startsWith("[") || words.startsWith("(") ? 0 : Title.nameIn(words);
    return from >= words.length() ? words : words.substring(from);
  }
}
