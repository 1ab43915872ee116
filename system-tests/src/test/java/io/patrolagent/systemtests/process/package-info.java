/** What the tests run as processes of their own: services, broker, database. */
package io.patrolagent.systemtests.process;
