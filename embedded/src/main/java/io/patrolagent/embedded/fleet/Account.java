package io.patrolagent.embedded.fleet;

import java.util.List;

/** A customer's account at one cloud, and the regions it is used in. */
record Account(String id, Customer customer, Cloud cloud, List<Region> regions) {}
