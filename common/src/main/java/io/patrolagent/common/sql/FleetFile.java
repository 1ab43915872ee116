package io.patrolagent.common.sql;

import java.util.List;

/**
 * A statement on the operator's tables: the name of its {@code .sql} file, the parameters that it
 * may use beside {@link FleetQuery#COMMON}, and the columns that it must return, as its own comment
 * states them.
 */
public record FleetFile(String name, List<String> parameters, List<ResultColumn> columns) {}
