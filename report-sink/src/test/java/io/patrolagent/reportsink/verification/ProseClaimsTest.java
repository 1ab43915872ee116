package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ReportSection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseClaimsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6 clusters are critical.",
        "6 critical clusters need attention.",
        "The fleet has 6 critical, 9 warning and 25 healthy clusters.",
        "Of 41 active clusters, 6 (14.6 %) are rated Critical.",
        "36.6 % of the fleet is at risk.",
        "15 clusters are Critical or Warning.",
        "There are 12 firing alerts, and 26 issues are open.",
        "3 open critical issues and 5 high issues.",
        "17 alerts were resolved.",
        "About 40 active clusters.",
        "3 clusters are poor and 10 moderate by health score.",
        "The snapshot was taken at 06:57 UTC on 25 Nov.",
        "About 07:00 it was taken.",
      })
  void whatTheSnapshotSaysIsVerified(String narrative) {
    assertThat(new Checked().narrative(narrative).claims())
        .isNotEmpty()
        .allSatisfy(claim -> assertThat(claim.mark()).as("%s", claim).isEqualTo(Mark.VERIFIED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8 clusters are critical.",
        "8 critical clusters need attention.",
        "42 clusters at warning.",
        "4,000 active clusters, all told.",
        "The fleet has 8 critical.",
        "8 alerts firing.",
        "4 open critical issues.",
        "8 clusters are suspended.",
        "About 60 active clusters.",
      })
  void aCountOfTheFleetThatDiffersIsContradicted(String narrative) {
    Checked report = new Checked().narrative(narrative);

    assertThat(report.only("number").mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(report.only("number").found()).isNotNull();
    assertThat(report.source(report.only("number")).name()).isEqualTo("snapshot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8 of the critical clusters are in one region.",
        "8 critical clusters run version 3.9.9.",
        "Yesterday 8 clusters were critical.",
        "8 more critical clusters than before.",
        "8 critical problems.",
        "8 clusters of Globex are critical.",
        "8 clusters in eu-west-9 are critical.",
        "8 Tier A clusters are critical.",
        "8 nodes of it are 8 years old.",
      })
  void aCountOfAPartOfTheFleetIsNeverContradicted(String narrative) {
    assertThat(new Checked().narrative(narrative).claims())
        .noneSatisfy(claim -> assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED));
  }

  @Test
  void aFigureIsAboutTheClusterThatItsSentenceNames() {
    Checked report =
        new Checked()
            .metric("c-1", "disk_used_percent", 90.7, "")
            .metric("c-2", "disk_used_percent", 55.5, "")
            .narrative("c-1 uses 91 % of its disk. Fine: c-2-name uses 91 % as well.");

    assertThat(report.claims("number"))
        .extracting(Claim::clusterId, Claim::mark)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("c-1", Mark.VERIFIED),
            org.assertj.core.groups.Tuple.tuple("c-2", Mark.UNSUPPORTED));
  }

  @Test
  void aSentenceThatNamesNobodyGoesOnAboutTheOneBefore() {
    Checked report =
        new Checked()
            .metric("c-1", "disk_used_percent", 90.7, "")
            .narrative("c-1 is filling. Its disk is at 91 %.");

    assertThat(report.only("number").clusterId()).isEqualTo("c-1");
    assertThat(report.only("number").mark()).isEqualTo(Mark.VERIFIED);
  }

  @Test
  void anotherClustersFigureIsNoGroundInProseEither() {
    Checked report =
        new Checked()
            .metric("c-2", "disk_used_percent", 90.7, "")
            .flag("c-1", null, "disk at 90.7 %", "{}");

    assertThat(report.only("number").mark()).isEqualTo(Mark.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1. Look at the disks.",
        "See runbook 12 and issue 4711.",
        "Within 36 h, in the next 24-48 hours or the last 72 hours.",
        "The plan for 2026 stands.",
        "In us-west-2 and for p99 all is well.",
        "Healthy means 80 and above.",
      })
  void whatClaimsNothingIsNoClaim(String narrative) {
    assertThat(new Checked().narrative(narrative).claims()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"about 14:00", "13:52", "24 Nov 13:52 UTC", "17 hours ago", "17.1 h ago"})
  void timesAndAgesAreComparedWithTimestamps(String when) {
    Checked report =
        new Checked()
            .answer(
                "search_logs",
                "{\"cluster_id\":\"c-1\"}",
                "{\"entries\":[{\"logged_at\":\"2026-11-24T13:52:40Z\",\"message\":\"x\"}]}")
            .flag("c-1", null, "The last error came " + when + ".", "{}");

    assertThat(report.only("number").mark()).isEqualTo(Mark.VERIFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"13:47", "24 Nov 12:52 UTC", "23 Nov", "9 hours ago"})
  void anotherTimeIsUnsupported(String when) {
    Checked report =
        new Checked()
            .answer(
                "search_logs",
                "{\"cluster_id\":\"c-1\"}",
                "{\"entries\":[{\"logged_at\":\"2026-11-24T13:52:40Z\",\"message\":\"x\"}]}")
            .flag("c-1", null, "The last error came " + when + ".", "{}");

    assertThat(report.only("number").mark()).isEqualTo(Mark.UNSUPPORTED);
  }

  @Test
  void aFigureWithinATextOfTheDataIsGround() {
    Checked report =
        new Checked()
            .answer(
                "get_cluster_alerts",
                "{\"cluster_id\":\"c-1\"}",
                "{\"alerts\":[{\"message\":\"wal volume at 87.5 percent\"}]}")
            .flag("c-1", null, "The WAL takes 87.5 %.", "{}");

    assertThat(report.only("number").mark()).isEqualTo(Mark.VERIFIED);
  }

  @Test
  void entriesOfAListAreCounted() {
    Checked report =
        new Checked()
            .answer(
                "get_infrastructure_state",
                "{\"cluster_id\":\"c-1\"}",
                """
                {"nodes":[{"state":"running"},{"state":"running"},{"state":"stopped"},
                 {"state":"running"},{"state":"running"}]}""")
            .flag("c-1", null, "Of 5 nodes 4 are running and 3 are stopped.", "{}");

    assertThat(report.claims("number"))
        .extracting(Claim::mark)
        .containsExactly(Mark.VERIFIED, Mark.VERIFIED, Mark.UNSUPPORTED);
  }

  @Test
  void aClusterThatThereIsNotIsContradictedWhereTheFleetCouldBeRead() {
    Checked report = new Checked().narrative("c-4711 is down, c-1 too.");

    assertThat(report.claims("cluster_id"))
        .extracting(Claim::mark)
        .containsExactly(Mark.UNSUPPORTED, Mark.VERIFIED);
    Claim claim = report.readable().claims("cluster_id").get(0);
    assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(claim.found()).isEqualTo("no such cluster");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error CMP-2107", "node c-1-be-2", "runbook RB-12", "tls-1-2"})
  void whatOnlyLooksLikeAnIdIsNeverContradicted(String words) {
    assertThat(
            new Checked()
                .answer("search_logs", "{\"cluster_id\":\"c-1\"}", "{\"node_id\":\"c-1-be-2\"}")
                .readable()
                .narrative("It is " + words + " again.")
                .claims())
        .noneSatisfy(claim -> assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED));
  }

  @Test
  void whatAPredictionExpectsIsNoClaimButWhatItRestsOnIs() {
    Prediction prediction =
        new Prediction(
            "High",
            "c-1",
            "runs full",
            "95 %",
            "within 36 h",
            0.0,
            36.0,
            "c-1 crosses 95 % within 36 h, about 26 Nov 11:00 UTC; it is at 91 %, up from 77 %.");

    assertThat(
            new Checked()
                .metric("c-1", "disk_used_percent", 90.7, "")
                .predict(prediction)
                .claims("number"))
        .extracting(Claim::written, Claim::mark)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("91 %", Mark.VERIFIED),
            org.assertj.core.groups.Tuple.tuple("77 %", Mark.UNSUPPORTED));
  }

  @Test
  void anActionsTargetsAreNoClaims() {
    Checked report = new Checked().act("Expand c-1 by 200 GB, to below 70 %, within 2 h.");

    assertThat(report.claims())
        .extracting(Claim::name, Claim::mark)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("cluster_id", Mark.VERIFIED));
  }

  @Test
  void aCustomersTierIsChecked() {
    Checked report =
        new Checked()
            .summarize(new CustomerSummary("acme", "S", "Its cluster scores 31.5."))
            .summarize(new CustomerSummary("Globex", "A", "All well."))
            .summarize(new CustomerSummary("Nobody", "A", "All well."));

    assertThat(report.claims("customer"))
        .extracting(Claim::mark)
        .containsExactly(Mark.VERIFIED, Mark.VERIFIED, Mark.UNSUPPORTED);
    assertThat(report.claims("tier"))
        .extracting(Claim::mark)
        .containsExactly(Mark.VERIFIED, Mark.CONTRADICTED, Mark.UNSUPPORTED);
    assertThat(report.claims("tier").get(1).found()).isEqualTo("B");
    assertThat(report.only("number").mark()).isEqualTo(Mark.VERIFIED);
  }

  @Test
  void aTierBesideAClusterIsChecked() {
    assertThat(new Checked().narrative("c-1 of ACME (Tier S) fills.").only("tier").mark())
        .isEqualTo(Mark.VERIFIED);
    assertThat(new Checked().narrative("c-1 of ACME (Tier B) fills.").only("tier").mark())
        .isEqualTo(Mark.CONTRADICTED);
  }

  @Test
  void claimsStandInTheReportsOrder() {
    Checked report =
        new Checked()
            .act("Expand c-1.")
            .predict(new Prediction("Low", "c-1 fills."))
            .flag("c-1", "critical", "c-1 fills.", "{\"tier\": \"S\"}")
            .narrative("c-1 fills.");

    assertThat(report.claims())
        .extracting(Claim::section)
        .isSorted()
        .contains(ReportSection.FLEET_NARRATIVE, ReportSection.RECOMMENDED_ACTIONS);
    assertThat(report.claims().get(0).entry()).isNull();
  }

  @Test
  void onlySourcesThatAClaimRestsOnAreKept() {
    Grounding grounding =
        new Checked()
            .metric("c-2", "cpu_percent", 11, "")
            .fleet(Checked.facts("c-1", "Critical", 31.5, Map.of("nodes", 5.0)))
            .flag("c-1", null, null, "{\"nodes\": 5}")
            .grounding();

    assertThat(grounding.sources()).extracting(s -> s.name()).containsExactly("snapshot", "fleet");
  }
}
