package io.patrolagent.embedded.fleet;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Invented company names, no two the same: a stem, a trade and, once those are used up, a form. The
 * order is a seeded walk over all combinations that meets each of them once.
 */
final class CustomerNames {

  private static final List<String> STEMS =
      List.of(
          "Acmar",
          "Aldera",
          "Ambrel",
          "Arvento",
          "Ashgrove",
          "Balmere",
          "Barrowin",
          "Belcanto",
          "Bexar",
          "Birkdal",
          "Bravona",
          "Brightlea",
          "Calvera",
          "Camberon",
          "Candlewick",
          "Carrow",
          "Cedrano",
          "Cobalen",
          "Corvale",
          "Cresmont",
          "Dalmora",
          "Darrowby",
          "Delvane",
          "Dornach",
          "Drumlin",
          "Eastmere",
          "Elmarra",
          "Emberley",
          "Eskdon",
          "Everholt",
          "Fairwend",
          "Falkirn",
          "Farrowdale",
          "Fenwater",
          "Fjellmark",
          "Fontana",
          "Galdor",
          "Garrick",
          "Glenloch",
          "Goldhurst",
          "Granfell",
          "Greywell",
          "Halden",
          "Harcastle",
          "Hartwyn",
          "Helmsay",
          "Hollins",
          "Ibarra",
          "Inverley",
          "Ironbeck",
          "Jarrowin",
          "Juniper",
          "Kalmara",
          "Keldon",
          "Kestrow",
          "Kingsferry",
          "Kirrin",
          "Lambrook",
          "Larkmoor",
          "Lindqvar",
          "Lorimer",
          "Lowenda",
          "Maddox",
          "Maravel",
          "Marlstone",
          "Melbrand",
          "Mirano",
          "Morven",
          "Nadira",
          "Nettlefold",
          "Norrvik",
          "Northwick",
          "Oakhanger",
          "Olivar",
          "Orbeck",
          "Orlanda",
          "Osterly",
          "Palisar",
          "Pemberly",
          "Pinecroft",
          "Portlow",
          "Quellan",
          "Quillor",
          "Ravenscar",
          "Redmere",
          "Rivendal",
          "Rookwood",
          "Rostrand",
          "Saltaire",
          "Sandhaven",
          "Selwyn",
          "Silverbeck",
          "Skarholm",
          "Solvane",
          "Stanmoor",
          "Stellan",
          "Tamarin",
          "Tarnwood",
          "Tessaly",
          "Thornby",
          "Tidewell",
          "Torvane",
          "Umberto",
          "Uplyme",
          "Valmora",
          "Varnholt",
          "Verdane",
          "Vintara",
          "Walmer",
          "Westerlin",
          "Whinfell",
          "Wintara",
          "Wolvesey",
          "Yarrow",
          "Yewdale",
          "Zandvoor",
          "Zephyra",
          "Zillah");

  private static final List<String> TRADES =
      List.of(
          "Freight",
          "Retail",
          "Foods",
          "Energy",
          "Robotics",
          "Health",
          "Airways",
          "Insurance",
          "Mobility",
          "Games",
          "Media",
          "Payments",
          "Pharma",
          "Steel",
          "Telecom",
          "Textiles",
          "Logistics",
          "Bank",
          "Analytics",
          "Motors",
          "Shipping",
          "Outdoor",
          "Travel",
          "Semiconductor",
          "Farms",
          "Learning",
          "Water",
          "Optics",
          "Chemicals",
          "Homes",
          "Rail",
          "Sports",
          "Ceramics",
          "Instruments",
          "Packaging",
          "Studios",
          "Networks",
          "Markets",
          "Timber",
          "Biotech");

  private static final List<String> FORMS =
      List.of(
          "",
          " Group",
          " Nordic",
          " Iberia",
          " Pacific",
          " Holdings",
          " Americas",
          " Partners",
          " Europe",
          " Asia",
          " International",
          " Digital",
          " Ventures",
          " Union",
          " Services",
          " Direct",
          " Systems",
          " Alliance");

  private static final int PLAIN = STEMS.size() * TRADES.size();

  private final int start;
  private final int stride;

  CustomerNames(SplittableRandom random) {
    this.start = random.nextInt(PLAIN);
    this.stride = strideFrom(random.nextInt(PLAIN));
  }

  /** The n-th company's name, n counted from 0. */
  String name(int n) {
    int form = n / PLAIN;
    String suffix = form < FORMS.size() ? FORMS.get(form) : " " + (form - FORMS.size() + 2);
    return stem(n) + " " + TRADES.get(combination(n) / STEMS.size()) + suffix;
  }

  /** What the n-th company's clusters are called after. */
  String slug(int n) {
    return stem(n).toLowerCase(Locale.ROOT);
  }

  private String stem(int n) {
    return STEMS.get(combination(n) % STEMS.size());
  }

  private int combination(int n) {
    return (int) ((start + (long) n * stride) % PLAIN);
  }

  /** The first number from there on that shares no factor with the number of combinations. */
  private static int strideFrom(int candidate) {
    int stride = Math.max(candidate, 1);
    while (greatestCommonDivisor(stride, PLAIN) != 1) {
      stride++;
    }
    return stride;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
