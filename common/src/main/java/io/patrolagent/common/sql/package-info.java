/**
 * Statements on the operator's own tables: {@code .sql} files, each of which an operator may
 * replace, and how they are run and held against what they must return.
 */
@NullMarked
package io.patrolagent.common.sql;

import org.jspecify.annotations.NullMarked;
