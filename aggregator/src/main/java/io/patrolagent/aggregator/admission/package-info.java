/**
 * Who is let in: whether a trigger gets a patrol of its own, shares one that answers the same
 * request, is turned away by a cap or the budget, or was cancelled before it began.
 */
package io.patrolagent.aggregator.admission;
