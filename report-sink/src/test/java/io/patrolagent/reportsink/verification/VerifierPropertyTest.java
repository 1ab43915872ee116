package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.Prediction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class VerifierPropertyTest {

  private static final String[] PIECES = {
    "c-1",
    "c-1-name",
    "c-9",
    "ACME",
    "(Tier S)",
    "91 %",
    "4.000",
    "1e999",
    "99999999999999999999999999999999999999999999",
    "24-48 h",
    "25 Nov",
    "31 Feb 99:99",
    "30 Feb 2026",
    "2026-02-30T25:61:00Z",
    "about ",
    ">=",
    "3.2.1.4.5.6.7.8",
    "1,2,3,4",
    "0",
    "-",
    "−1",
    ".",
    "\n\n",
    "\u202e",
    "\u0000",
    "\ud83d",
    "'; drop table x; --",
    "{\"cluster_id\":\"c-1\",\"a\":",
    "[[[{",
    "}",
    "\"",
    "\\",
    "…[1,234 characters cut; ask for less]…",
    "⟦",
    "critical",
    "6 clusters are",
    "12 alerts firing",
    " ",
    "٣٤",
    "½",
  };

  @Property(tries = 500)
  void aNumberRoundedToItsOwnDecimalsIsVerified(
      @ForAll @BigRange(min = "-100000", max = "100000") @Scale(6) BigDecimal value,
      @ForAll @IntRange(min = 0, max = 5) int decimals) {
    String written = value.setScale(decimals, RoundingMode.HALF_UP).toPlainString();

    assertThat(check(value, written)).isEqualTo(Mark.VERIFIED);
    assertThat(prose(value, written)).isEqualTo(Mark.VERIFIED);
  }

  @Property(tries = 500)
  void aNumberThatIsOffByMoreThanHalfAUnitOfItsLastDecimalIsNot(
      @ForAll @BigRange(min = "1", max = "100000") @Scale(6) BigDecimal value,
      @ForAll @IntRange(min = 0, max = 5) int decimals,
      @ForAll boolean up) {
    BigDecimal unit = BigDecimal.ONE.movePointLeft(decimals);
    BigDecimal off = up ? unit : unit.negate();
    String written = value.setScale(decimals, RoundingMode.HALF_UP).add(off).toPlainString();

    BigDecimal half = unit.divide(BigDecimal.valueOf(2));
    BigDecimal distance = new BigDecimal(written).subtract(value).abs();
    Assume.that(distance.subtract(half).doubleValue() > 1e-8); // a half goes either way
    assertThat(check(value, written)).isEqualTo(Mark.CONTRADICTED);
  }

  @Property(tries = 300)
  void whateverIsWrittenNothingIsThrownAndNothingIsLost(
      @ForAll("texts") String text, @ForAll("texts") String id, @ForAll("texts") String evidence) {
    String named = id.isBlank() ? "x" : id;
    Checked report =
        new Checked()
            .narrative(text)
            .flag(
                new FlaggedCluster(
                    named,
                    text,
                    text,
                    Map.of("a" + text, TextNode.valueOf(text), "b" + id, TextNode.valueOf(id))))
            .predict(new Prediction("High", id, text, text, text, null, null, text))
            .summarize(new CustomerSummary(named, text, text))
            .act(text)
            .answer("search_logs", evidence, evidence)
            .answer(
                "query_sql",
                "{\"cluster_id\":\"c-1\"}",
                "{\"cluster_id\":\"c-1\",\"x\":[" + evidence)
            .readable();

    Grounding grounding = report.grounding();

    assertThat(grounding.claims())
        .allSatisfy(
            claim -> {
              assertThat(claim.written().length()).isLessThanOrEqualTo(200);
              if (claim.source() != null) {
                assertThat(claim.source()).isBetween(0, grounding.sources().size() - 1);
              }
              if (claim.mark() == Mark.CONTRADICTED) {
                assertThat(claim.found()).isNotNull();
              }
            });
    assertThat(grounding.claims()).extracting(Claim::section).isSorted();
    assertThat(report.grounding()).isEqualTo(grounding);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece = Arbitraries.of(PIECES);
    Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(12);
    return Combinators.combine(
            piece.list().ofMaxSize(12), noise, Arbitraries.of(" ", "", "\n", ", "))
        .as((pieces, more, between) -> String.join(between, pieces) + more);
  }

  private static Mark check(BigDecimal value, String written) {
    return report(value).flag("c-1", null, null, "{\"load\": " + written + "}").only("load").mark();
  }

  private static Mark prose(BigDecimal value, String written) {
    return report(value)
        .flag("c-1", null, "It is " + written + " now.", "{}")
        .only("number")
        .mark();
  }

  private static Checked report(BigDecimal value) {
    return new Checked().metric("c-1", "load", value.doubleValue(), "");
  }
}
