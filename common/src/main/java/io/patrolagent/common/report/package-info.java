/**
 * The report: its sections as values, the parser that reads them out of what a model wrote, and its
 * Markdown.
 */
package io.patrolagent.common.report;
