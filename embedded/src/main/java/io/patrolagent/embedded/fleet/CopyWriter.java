package io.patrolagent.embedded.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Streams rows into one table with COPY in its binary format, which needs no escaping and spares
 * the server the parsing of numbers and times. Call {@link #row} and then one method for each
 * column, in their order. Closing without {@link #finish} cancels the COPY.
 *
 * <p>The format is PostgreSQL's, as the chapter on COPY and the types' receive functions have it.
 */
final class CopyWriter implements AutoCloseable {

  private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
  private static final int CHUNK = 1 << 16;
  private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;
  private static final int NUMERIC_BASE = 10_000;
  private static final int TEXT_OID = 25;
  private static final byte JSONB_VERSION = 1;

  private final CopyIn copy;
  private final short columns;
  private ByteBuffer buffer = ByteBuffer.allocate(2 * CHUNK);

  /** FREEZE, so that nothing has to be vacuumed: the table must be new in this transaction. */
  CopyWriter(Connection connection, String table, List<String> columns) throws SQLException {
    this.columns = (short) columns.size();
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy "
                    + table
                    + " ("
                    + String.join(", ", columns)
                    + ") from stdin with (format binary, freeze)");
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  void row() throws SQLException {
    if (buffer.position() >= CHUNK) {
      flush();
    }
    buffer.putShort(columns);
  }

  void text(@Nullable String value) {
    if (value == null) {
      buffer.putInt(-1);
    } else {
      text(value.getBytes(UTF_8));
    }
  }

  void text(byte[] utf8) {
    reserve(4 + utf8.length).putInt(utf8.length).put(utf8);
  }

  void json(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    reserve(5 + utf8.length).putInt(1 + utf8.length).put(JSONB_VERSION).put(utf8);
  }

  void texts(List<String> values) {
    List<byte[]> elements = values.stream().map(value -> value.getBytes(UTF_8)).toList();
    int length = elements.stream().mapToInt(element -> 4 + element.length).sum();
    int dimensions = elements.isEmpty() ? 0 : 1;
    reserve(24 + length)
        .putInt(12 + 8 * dimensions + length)
        .putInt(dimensions)
        .putInt(0)
        .putInt(TEXT_OID);
    if (dimensions == 1) {
      buffer.putInt(elements.size()).putInt(1);
    }
    elements.forEach(element -> buffer.putInt(element.length).put(element));
  }

  void integer(int value) {
    reserve(8).putInt(4).putInt(value);
  }

  void real(double value) {
    reserve(12).putInt(8).putDouble(value);
  }

  void time(long epochSecond) {
    reserve(12).putInt(8).putLong((epochSecond - POSTGRES_EPOCH_SECONDS) * 1_000_000);
  }

  void nothing() {
    reserve(4).putInt(-1);
  }

  /** A numeric with two decimals, given in hundredths, from 0 up to a hundred million. */
  void hundredths(long value) {
    if (value < 0 || value >= 100L * NUMERIC_BASE * NUMERIC_BASE) {
      throw new IllegalArgumentException("numeric column: out of range, was " + value);
    }
    long whole = value / 100;
    short high = (short) (whole / NUMERIC_BASE);
    short low = (short) (whole % NUMERIC_BASE);
    short fraction = (short) (value % 100 * 100);
    boolean isWide = high > 0;
    reserve(18).putInt(isWide ? 14 : 12).putShort((short) (isWide ? 3 : 2));
    buffer.putShort((short) (isWide ? 1 : 0)).putShort((short) 0).putShort((short) 2);
    if (isWide) {
      buffer.putShort(high);
    }
    buffer.putShort(low).putShort(fraction);
  }

  /** Ends the COPY and gives the number of rows that the server took. */
  long finish() throws SQLException {
    buffer.putShort((short) -1);
    flush();
    return copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private ByteBuffer reserve(int bytes) {
    if (buffer.remaining() < bytes + 64) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (buffer.capacity() + bytes));
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }
}
