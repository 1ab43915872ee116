package io.patrolagent.reportsink.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** One migration as it is shipped: its version, what it does, the file's name and text. */
record Migration(String version, String description, String script, String sql) {

  private static final Pattern NAME = Pattern.compile("V(\\d+)__(\\w+)\\.sql");

  static Migration of(String script, String sql) {
    Matcher name = NAME.matcher(script);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "migration " + script + " must be called V<number>__<what>.sql");
    }
    return new Migration(name.group(1), name.group(2).replace('_', ' '), script, sql);
  }

  int number() {
    return Integer.parseInt(version);
  }

  /** As Flyway computes it, whatever the line ends; a test holds the two together. */
  int checksum() {
    CRC32 crc = new CRC32();
    try (BufferedReader lines = new BufferedReader(new StringReader(sql))) {
      for (String line; (line = lines.readLine()) != null; ) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return version + " " + description;
  }
}
