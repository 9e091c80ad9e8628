package dev.crease.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.crease", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] BACKENDS = {
    "dev.crease.solver.ortools..", "dev.crease.solver.scip..", "dev.crease.solver.gurobi.."
  };

  private static final String[] QUESTIONS = {
    "dev.crease.question..",
    "dev.crease.witness..",
    "dev.crease.certify..",
    "dev.crease.boxes..",
    "dev.crease.mip..",
    "dev.crease.choose..",
    "dev.crease.tightening..",
    "dev.crease.certificate..",
    "dev.crease.map..",
    "dev.crease.regions.."
  };

  private static final String[] OUTSIDE = {
    "dev.crease.engine..",
    "dev.crease.formats..",
    "dev.crease.verifier..",
    "dev.crease.plots..",
    "dev.crease.campaign..",
    "dev.crease.cli.."
  };

  @ArchTest
  static final ArchRule whatAnswersKnowsNoBackend =
      noClasses()
          .that()
          .resideInAnyPackage(QUESTIONS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BACKENDS)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(OUTSIDE);

  @ArchTest
  static final ArchRule backendsKnowNoQuestion =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.solver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUESTIONS)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(OUTSIDE);

  @ArchTest
  static final ArchRule nobodyKnowsTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.cli..");

  @ArchTest
  static final ArchRule theVerifierSharesOnlyTheNetworks =
      classes()
          .that()
          .resideInAPackage("dev.crease.verifier..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.hipparchus.fraction..",
              "org.jspecify..",
              "dev.crease",
              "dev.crease.network..",
              "dev.crease.verifier..");

  @ArchTest
  static final ArchRule onlyTheCommandKnowsTheVerifier =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.crease.verifier..", "dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.verifier..");

  @ArchTest
  static final ArchRule campaignsKnowNoBackend =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.campaign..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.crease.solver.ortools..",
              "dev.crease.solver.scip..",
              "dev.crease.solver.gurobi..",
              "dev.crease.engine..",
              "dev.crease.verifier..");

  @ArchTest
  static final ArchRule onlyTheCommandKnowsCampaigns =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.crease.campaign..", "dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.campaign..");

  @ArchTest
  static final ArchRule theCommandKnowsNoBackend =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BACKENDS)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.engine..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.crease.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule partsOfTheCommandFormNoCycle =
      slices().matching("dev.crease.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noPartOfTheCommandKnowsWhatPutsThemTogether =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.cli.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.cli");

  @ArchTest
  static final ArchRule backendsDoNotKnowEachOther =
      slices()
          .matching("dev.crease.solver.(ortools|scip|gurobi)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);
}
