package io.patrolagent.agentrunner.tool;

import io.patrolagent.common.ops.ResultColumn;
import java.util.List;

/**
 * A tool's statement on the operator's tables: the name of its {@code .sql} file, the parameters
 * that it may use beside {@link ToolQueries#COMMON}, and the columns that it must return, as its
 * own comment states them.
 */
record ToolFile(String name, List<String> parameters, List<ResultColumn> columns) {}
