/**
 * A report as people read it. What a model or a database wrote stays text in every format, whatever
 * is in it; the same report gives the same bytes.
 */
package io.patrolagent.common.page;
