package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.patrolagent.systemtests.sabotage.Sabotage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * With each safeguard taken out of the services, the test that is about it fails; that it passes
 * with the safeguard, its own run in this suite shows. How it fails is stated too, so that services
 * which do not start at all prove nothing.
 */
@Tag("faults")
@Timeout(300)
class SabotageIT {

  static Stream<Arguments> safeguards() {
    return Stream.of(
        Arguments.of(
            Sabotage.INSERT_ON_CONFLICT,
            "patrols have ended",
            method(
                KilledServicesIT.class,
                "aReportSinkKilledBetweenRowAndEventPublishesTheEventOfTheRow")),
        Arguments.of(
            Sabotage.TRANSACTION,
            "finished events that a reader sees",
            method(
                KilledServicesIT.class,
                "aReportSinkKilledBetweenEventAndItsNotePublishesNoSecondEvent")),
        Arguments.of(
            Sabotage.JOURNAL,
            "model calls of patrol",
            selectIteration(
                method(KilledServicesIT.class, "anAgentRunnerKilledAfterACommitRepeatsNoModelCall"),
                4)),
        Arguments.of(
            Sabotage.FENCING,
            "what the journal has for readers",
            method(
                FrozenServicesIT.class,
                "aRunnerWhoseConsumerHearsNothingOfItsSuccessorJournalsNothing")),
        Arguments.of(
            Sabotage.REBALANCE_LISTENER,
            "model calls of patrol",
            method(HandoverIT.class, "aPartitionIsGivenUpOnlyWhenTheModelHasAnswered")),
        Arguments.of(
            Sabotage.PAUSE,
            "does not begin with it",
            method(
                HandoverIT.class,
                "aPatrolBehindOneThatIsInWorkWaitsAndNoneIsLostWhenTheRunnerDies")));
  }

  private static MethodSelector method(Class<?> tests, String name) {
    return selectMethod(tests, name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("safeguards")
  void withoutASafeguardItsTestFails(Sabotage sabotage, String says, DiscoverySelector test) {
    SummaryGeneratingListener results = new SummaryGeneratingListener();

    sabotage.during(
        () ->
            LauncherFactory.create()
                .execute(
                    LauncherDiscoveryRequestBuilder.request().selectors(test).build(), results));

    assertThat(results.getSummary().getTestsFoundCount()).isEqualTo(1);
    assertThat(results.getSummary().getFailures())
        .as("what fails without: %s", sabotage)
        .hasSize(1)
        .allSatisfy(failure -> assertThat(failure.getException()).hasMessageContaining(says));
  }
}
