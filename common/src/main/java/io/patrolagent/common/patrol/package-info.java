/**
 * What a patrol is: its id, its report type, the scope it looks at, the request that asks for it
 * and the status it ends with.
 */
package io.patrolagent.common.patrol;
