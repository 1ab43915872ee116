package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A paragraph of a narrative, and the list that follows it; either may be empty. The texts are the
 * writer's own, on one line each. A heading is a paragraph, so that none stands among the page's.
 */
public record NarrativeBlock(String prose, List<String> bullets) {

  public NarrativeBlock {
    bullets = List.copyOf(bullets);
  }

  /** The narrative's blocks in order; none where there is nothing to read. */
  public static List<NarrativeBlock> of(@Nullable String narrative) {
    if (narrative == null || narrative.isBlank()) {
      return List.of();
    }
    String headed =
        narrative.lines().map(NarrativeBlock::ownParagraph).collect(Collectors.joining("\n"));
    List<NarrativeBlock> blocks = new ArrayList<>();
    for (String paragraph : headed.split("\\n\\s*\\n", -1)) {
      NarrativeBlock block = read(paragraph);
      if (!block.prose.isBlank() || !block.bullets.isEmpty()) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private static NarrativeBlock read(String paragraph) {
    List<String> bullets = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    for (String line : paragraph.lines().toList()) {
      int text = BulletList.afterMarker(line);
      if (text >= 0) {
        bullets.add(line.substring(text));
      } else if (bullets.isEmpty()) {
        prose.add(line);
      } else {
        int last = bullets.size() - 1;
        bullets.set(last, bullets.get(last) + " " + line);
      }
    }
    return new NarrativeBlock(String.join(" ", prose), bullets);
  }

  private static String ownParagraph(String line) {
    return Heading.read(line)
        .filter(heading -> heading.level() > 0)
        .map(heading -> "\n" + heading.title() + "\n")
        .orElse(line);
  }
}
