package io.patrolagent.embedded.fleet;

import io.patrolagent.embedded.fleet.Region.Geography;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/** Who exists: customers with their accounts, and the clusters in them, ordered by cluster id. */
final class Population {

  private static final double CLUSTERS_PER_CUSTOMER = 12;
  private static final int CLUSTERS_PER_ACCOUNT = 10;
  private static final int MOST_ACCOUNTS = 6;
  private static final double THREE_YEARS_IN_HOURS = 3 * 365.0 * 24;
  private static final int ALL_IN_SERVICE_BELOW = 10;

  private static final List<String> WORKLOADS =
      List.of(
          "orders",
          "billing",
          "events",
          "clickstream",
          "inventory",
          "reporting",
          "fraud",
          "pricing",
          "sessions",
          "telemetry",
          "ledger",
          "search",
          "loyalty",
          "adtech",
          "fleet",
          "support",
          "catalog",
          "forecast",
          "risk",
          "audit",
          "payroll",
          "shipments",
          "recs",
          "bi");

  /** Five clusters cover three workloads: three in production, one in staging, one for work. */
  private static final List<String> ENVIRONMENTS =
      List.of("prod", "staging", "prod", "prod", "dev");

  private static final int[] WORKLOAD_OF_FIVE = {0, 0, 1, 2, 2};

  private final FleetOptions options;
  private final SplittableRandom random;
  private final CustomerNames names;
  private final String idFormat;

  private Population(FleetOptions options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.names = new CustomerNames(random);
    int digits = Math.max(4, Integer.toString(options.clusters()).length());
    this.idFormat = "c-%0" + digits + "d";
  }

  static List<Cluster> of(FleetOptions options) {
    return new Population(options).clusters();
  }

  private List<Cluster> clusters() {
    List<Customer> customers = customers();
    int[] sizes = sizes(customers);
    List<Site> sites = new ArrayList<>(options.clusters());
    for (int i = 0; i < customers.size(); i++) {
      addSites(customers.get(i), sizes[i], sites);
    }
    // ids were given out over the years, so that a customer's are spread over the fleet
    Collections.shuffle(sites, new Random(random.nextLong()));
    List<Cluster> clusters = new ArrayList<>(sites.size());
    for (int i = 0; i < sites.size(); i++) {
      clusters.add(cluster(i, sites.get(i)));
    }
    return clusters;
  }

  private List<Customer> customers() {
    int count =
        Math.max(
            Math.min(options.clusters(), 3),
            (int) Math.round(options.clusters() / CLUSTERS_PER_CUSTOMER));
    List<Customer> customers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      customers.add(new Customer(names.name(i), names.slug(i), tier(i)));
    }
    return customers;
  }

  /** However small the fleet, its first customers are an S and an A. */
  private Tier tier(int customer) {
    if (customer % 40 == 0) {
      return Tier.S;
    }
    if (customer % 9 == 1) {
      return Tier.A;
    }
    return random.nextDouble() < 0.37 ? Tier.B : Tier.C;
  }

  /** One cluster for each customer, the others shared out by tier and chance. */
  private int[] sizes(List<Customer> customers) {
    double[] weights =
        customers.stream()
            .mapToDouble(customer -> customer.tier().size() * (0.5 + random.nextDouble()))
            .toArray();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    int toShare = options.clusters() - customers.size();
    int[] sizes = new int[weights.length];
    double upTo = 0;
    long given = 0;
    for (int i = 0; i < sizes.length; i++) {
      upTo += weights[i];
      long share = Math.round(toShare * upTo / total);
      sizes[i] = 1 + (int) (share - given);
      given = share;
    }
    return sizes;
  }

  private void addSites(Customer customer, int size, List<Site> sites) {
    List<Account> accounts = accounts(customer, size);
    int firstWorkload = random.nextInt(WORKLOADS.size());
    for (int i = 0; i < size; i++) {
      Account account = accounts.get(i % accounts.size());
      Region region = account.regions().get(random.nextInt(account.regions().size()));
      sites.add(new Site(clusterName(customer, firstWorkload, i), account, region));
    }
  }

  private static String clusterName(Customer customer, int firstWorkload, int i) {
    int workload = (i / 5) * 3 + WORKLOAD_OF_FIVE[i % 5];
    int round = workload / WORKLOADS.size();
    String name =
        String.join(
            "-",
            customer.slug(),
            WORKLOADS.get((firstWorkload + workload) % WORKLOADS.size()),
            ENVIRONMENTS.get(i % 5));
    return round == 0 ? name : name + "-" + (round + 1);
  }

  private List<Account> accounts(Customer customer, int size) {
    Cloud mainCloud = cloud();
    Geography home = geography();
    int count = Math.min(MOST_ACCOUNTS, 1 + size / CLUSTERS_PER_ACCOUNT);
    List<Account> accounts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Cloud cloud = i == 0 || random.nextDouble() < 0.8 ? mainCloud : cloud();
      Geography geography = random.nextDouble() < 0.8 ? home : geography();
      List<Region> candidates = cloud.regions(geography);
      int first = random.nextInt(candidates.size());
      List<Region> regions = new ArrayList<>(List.of(candidates.get(first)));
      if (random.nextBoolean()) {
        regions.add(candidates.get((first + 1) % candidates.size()));
      }
      accounts.add(new Account(cloud.accountId(customer.slug(), random), customer, cloud, regions));
    }
    return accounts;
  }

  private Cloud cloud() {
    double draw = random.nextDouble();
    return draw < 0.55 ? Cloud.AWS : draw < 0.8 ? Cloud.AZURE : Cloud.GCP;
  }

  private Geography geography() {
    double draw = random.nextDouble();
    return draw < 0.4 ? Geography.AMERICAS : draw < 0.75 ? Geography.EMEA : Geography.APAC;
  }

  private Cluster cluster(int index, Site site) {
    long seed = Noise.mix(options.seed(), index);
    SplittableRandom own = new SplittableRandom(seed);
    return new Cluster(
        String.format(Locale.ROOT, idFormat, index + 1),
        site.name(),
        site.account(),
        site.region(),
        EngineVersions.pick(own),
        status(own.nextDouble()),
        2 + own.nextDouble() * THREE_YEARS_IN_HOURS,
        seed);
  }

  private ClusterStatus status(double draw) {
    // a handful of clusters leaves no room for some that are out of service
    if (draw < 0.94 || options.clusters() < ALL_IN_SERVICE_BELOW) {
      return ClusterStatus.ACTIVE;
    }
    return draw < 0.98 ? ClusterStatus.SUSPENDED : ClusterStatus.TERMINATED;
  }

  private record Site(String name, Account account, Region region) {}
}
