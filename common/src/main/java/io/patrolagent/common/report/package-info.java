/** The report: its sections as values, and the parser that reads them out of what a model wrote. */
package io.patrolagent.common.report;
