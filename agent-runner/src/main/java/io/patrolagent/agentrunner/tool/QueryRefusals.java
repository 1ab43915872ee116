package io.patrolagent.agentrunner.tool;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in words that help to repair a query why PostgreSQL refused it. */
final class QueryRefusals {

  private static final int NEAR = 40;

  private QueryRefusals() {}

  /**
   * The refusal of the query itself.
   *
   * @throws SQLException the failure as it came, where the query is not to blame
   */
  static ToolRefusal of(SQLException failure, QueryLimits limits) throws SQLException {
    if (failure.getCause() instanceof SocketTimeoutException) {
      return tooSlow(limits);
    }
    String state = failure.getSQLState();
    ServerErrorMessage server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (state == null || server == null || isNotTheQuerys(state)) {
      throw failure;
    }
    if (isMissingFunction(state, server)) {
      return new ToolRefusal(
          "query_sql is not available on this database: the function alerts.patrol_query is not"
              + " installed (the report-sink's migrations make it). Use the other tools");
    }
    if (state.equals("57014")) {
      return tooSlow(limits);
    }
    return new ToolRefusal(
        meaning(state)
            + " ("
            + state
            + "): "
            + oneLine(server.getMessage())
            + hint(server)
            + place(server));
  }

  private static ToolRefusal tooSlow(QueryLimits limits) {
    return new ToolRefusal(
        "the query was ended after "
            + limits.statement().toMillis()
            + " ms without a result (57014): narrow it (a time range, one cluster_id), aggregate,"
            + " or join on indexed columns");
  }

  /** Connection failures, and a server that is shutting down or has lost its files. */
  private static boolean isNotTheQuerys(String state) {
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("58");
  }

  /** Positions within the model's text are internal ones; this is one within ours. */
  private static boolean isMissingFunction(String state, ServerErrorMessage server) {
    return server.getInternalPosition() == 0
        && server.getPosition() > 0
        && (state.equals("42883") || state.equals("3F000"));
  }

  private static String meaning(String state) {
    return switch (state) {
      case "42601" -> "syntax error";
      case "42P01" -> "there is no such table";
      case "42703" -> "there is no such column";
      case "42883" -> "there is no such function or operator for these types";
      case "42702" -> "the column name is ambiguous, qualify it";
      case "42803" -> "a column must be in group by or in an aggregate";
      case "42804", "42846", "22P02" -> "the types do not fit";
      case "42501" -> "not permitted, this role only reads";
      case "42P11", "0A000" -> "only one query is accepted: SELECT, WITH … SELECT, VALUES or TABLE";
      case "25006" -> "nothing may be written";
      case "55P03" -> "a table is locked by somebody else";
      case "22012" -> "division by zero";
      case "54000", "54001", "54011" -> "the query is too large or too deep";
      default ->
          switch (state.substring(0, 2)) {
            case "22" -> "a value does not fit";
            case "42" -> "the query is wrong";
            case "53" -> "it takes more memory or disk than the database has";
            default -> "PostgreSQL refused the query";
          };
    };
  }

  private static String hint(ServerErrorMessage server) {
    String hint = server.getHint();
    return hint == null ? "" : "; hint: " + oneLine(hint);
  }

  private static String place(ServerErrorMessage server) {
    String query = server.getInternalQuery();
    int position = server.getInternalPosition();
    if (query == null || position < 1) {
      return "";
    }
    int begin =
        query.offsetByCodePoints(
            0, Math.min(position - 1, query.codePointCount(0, query.length())));
    String rest = oneLine(query.substring(begin));
    String near = rest.length() > NEAR ? rest.substring(0, NEAR) + "…" : rest;
    return "; at character " + position + (near.isEmpty() ? ", the end" : ", at: " + near);
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "no message" : text.replaceAll("\\s+", " ").strip();
  }
}
