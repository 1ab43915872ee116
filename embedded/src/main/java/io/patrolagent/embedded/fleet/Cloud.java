package io.patrolagent.embedded.fleet;

import static io.patrolagent.embedded.fleet.Region.Geography.AMERICAS;
import static io.patrolagent.embedded.fleet.Region.Geography.APAC;
import static io.patrolagent.embedded.fleet.Region.Geography.EMEA;

import io.patrolagent.embedded.fleet.Region.Geography;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/** The clouds with regions, machine types, account numbers and quota errors as they really are. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable
enum Cloud {
  AWS(
      "VcpuLimitExceeded",
      List.of("m6i.xlarge", "m6i.2xlarge"),
      List.of("r6i.2xlarge", "r6i.4xlarge", "i4i.4xlarge"),
      List.of("c6i.4xlarge", "c6i.8xlarge"),
      List.of(
          region("us-east-1", AMERICAS, -5, "a", "b", "c"),
          region("us-east-2", AMERICAS, -5, "a", "b", "c"),
          region("us-west-2", AMERICAS, -8, "a", "b", "c"),
          region("sa-east-1", AMERICAS, -3, "a", "b", "c"),
          region("eu-west-1", EMEA, 0, "a", "b", "c"),
          region("eu-central-1", EMEA, 1, "a", "b", "c"),
          region("eu-north-1", EMEA, 1, "a", "b", "c"),
          region("ap-southeast-1", APAC, 8, "a", "b", "c"),
          region("ap-northeast-1", APAC, 9, "a", "c", "d"),
          region("ap-south-1", APAC, 5, "a", "b", "c"))),
  AZURE(
      "OperationNotAllowed",
      List.of("Standard_D4s_v5", "Standard_D8s_v5"),
      List.of("Standard_E8s_v5", "Standard_E16s_v5", "Standard_L16s_v3"),
      List.of("Standard_F16s_v2", "Standard_F32s_v2"),
      List.of(
          region("eastus", AMERICAS, -5, "-1", "-2", "-3"),
          region("westus2", AMERICAS, -8, "-1", "-2", "-3"),
          region("westeurope", EMEA, 1, "-1", "-2", "-3"),
          region("northeurope", EMEA, 0, "-1", "-2", "-3"),
          region("uksouth", EMEA, 0, "-1", "-2", "-3"),
          region("southeastasia", APAC, 8, "-1", "-2", "-3"),
          region("japaneast", APAC, 9, "-1", "-2", "-3"),
          region("centralindia", APAC, 5, "-1", "-2", "-3"))),
  GCP(
      "QUOTA_EXCEEDED",
      List.of("n2-standard-4", "n2-standard-8"),
      List.of("n2-highmem-8", "n2-highmem-16"),
      List.of("n2-highcpu-16", "n2-highcpu-32"),
      List.of(
          region("us-central1", AMERICAS, -6, "-a", "-b", "-c"),
          region("us-east1", AMERICAS, -5, "-b", "-c", "-d"),
          region("europe-west1", EMEA, 1, "-b", "-c", "-d"),
          region("europe-west4", EMEA, 1, "-a", "-b", "-c"),
          region("asia-southeast1", APAC, 8, "-a", "-b", "-c"),
          region("asia-northeast1", APAC, 9, "-a", "-b", "-c"),
          region("asia-south1", APAC, 5, "-a", "-b", "-c")));

  private final String quotaError;
  private final List<String> frontends;
  private final List<String> backends;
  private final List<String> computes;
  private final List<Region> regions;

  Cloud(
      String quotaError,
      List<String> frontends,
      List<String> backends,
      List<String> computes,
      List<Region> regions) {
    this.quotaError = quotaError;
    this.frontends = frontends;
    this.backends = backends;
    this.computes = computes;
    this.regions = regions;
  }

  /** The value of the column {@code cloud}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code with which this cloud refuses a machine over quota. */
  String quotaError() {
    return quotaError;
  }

  List<Region> regions() {
    return regions;
  }

  List<Region> regions(Geography geography) {
    return regions.stream().filter(region -> region.geography() == geography).toList();
  }

  List<String> instanceTypes(NodeRole role) {
    return switch (role) {
      case FRONTEND -> frontends;
      case BACKEND -> backends;
      case COMPUTE -> computes;
    };
  }

  /** An account number in this cloud's own form. */
  String accountId(String customerSlug, SplittableRandom random) {
    return switch (this) {
      case AWS -> Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L));
      case AZURE -> versionFour(random.nextLong(), random.nextLong()).toString();
      case GCP -> customerSlug + "-data-" + random.nextInt(100_000, 1_000_000);
    };
  }

  private static UUID versionFour(long high, long low) {
    return new UUID(
        (high & 0xFFFFFFFFFFFF0FFFL) | 0x4000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
  }

  private static Region region(
      String name, Geography geography, int utcOffsetHours, String... zoneSuffixes) {
    return new Region(
        name,
        geography,
        utcOffsetHours,
        Stream.of(zoneSuffixes).map(suffix -> name + suffix).toList());
  }
}
