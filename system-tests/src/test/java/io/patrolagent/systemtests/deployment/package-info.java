/**
 * Whether what containers are started with fits the code: images, the Compose file and the
 * Kubernetes manifests name services, variables, ports and files that there are.
 */
package io.patrolagent.systemtests.deployment;
