package io.patrolagent.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the modules may know of each other, and what none of them does. */
class ModuleRulesTest {

  private static final String ROOT = "io.patrolagent.";
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage(ROOT + "*..");
  private static final List<String> MODULES =
      List.of(
          "common",
          "embedded",
          "aggregator",
          "agent-runner",
          "report-sink",
          "scheduler",
          "standalone");
  private static JavaClasses all;

  /** From where they are compiled to: the standalone jar is on no test's class path. */
  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream().map(name -> Path.of("..", name, "target", "classes")).toList());
  }

  /** A rule over a module that was not read would hold of nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "common",
        "embedded",
        "aggregator",
        "agentrunner",
        "reportsink",
        "scheduler",
        "standalone"
      })
  void everyModuleIsLookedAt(String module) {
    assertThat(all).anyMatch(resideInAPackage(ROOT + module + ".."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "embedded"})
  void whatOthersBuildOnKnowsNoneOfThem(String module) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat(
            OURS.and(DescribedPredicate.not(resideInAPackage(ROOT + module + ".."))))
        .check(all);
  }

  /** Services speak to each other in events, and what is embedded is for one process of all. */
  @ParameterizedTest
  @ValueSource(strings = {"aggregator", "agentrunner", "reportsink", "scheduler"})
  void aServiceKnowsOnlyItselfAndWhatAllShare(String module) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat(
            OURS.and(
                DescribedPredicate.not(
                    resideInAnyPackage(ROOT + module + "..", ROOT + "common.."))))
        .check(all);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?").check(all);
  }

  /**
   * Whoever embeds a service decides itself when its process ends; only a broker that cannot write
   * does not ask.
   */
  @Test
  void onlyAnEntryPointEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .and()
        .doNotHaveSimpleName("ServiceMain")
        .and()
        .doNotHaveSimpleName("BrokerExit")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(all);
  }
}
