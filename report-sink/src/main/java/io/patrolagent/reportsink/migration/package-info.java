/**
 * The product's own tables: made by Flyway beside whatever the operator has, or only checked, and
 * refused where something else stands in their place.
 */
package io.patrolagent.reportsink.migration;
