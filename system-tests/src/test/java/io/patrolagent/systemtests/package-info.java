/** The services as the operating-system processes that they are deployed as. */
package io.patrolagent.systemtests;
