package io.patrolagent.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other. */
class ModuleRulesTest {

  private static final String ROOT = "io.patrolagent.common.";
  private static JavaClasses common;

  @BeforeAll
  static void readClasses() {
    common =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.patrolagent.common");
  }

  @Test
  void thereIsAPackageForEachThingThatStagesShareAndNoOther() {
    assertThat(common.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrder(
            ROOT + "patrol",
            ROOT + "event",
            ROOT + "stage",
            ROOT + "report",
            ROOT + "page",
            ROOT + "sql",
            ROOT + "config",
            ROOT + "ops",
            ROOT + "client");
  }

  /** So that a producer or a reader of reports brings neither a consumer runtime nor a pool. */
  @Test
  void whatProducersAndReadersUseKnowsNothingOfHowStagesRun() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "patrol", ROOT + "event", ROOT + "report", ROOT + "page", ROOT + "client")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "stage..", ROOT + "ops..")
        .check(common);
  }

  @Test
  void theVocabularyKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "patrol", ROOT + "report", ROOT + "page")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "event..", ROOT + "client..", ROOT + "config..", "org.apache.kafka..")
        .check(common);
  }
}
