package dev.crease;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "dev.crease", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("network")
          .definedBy("dev.crease.network")
          .layer("model")
          .definedBy("dev.crease.model")
          .layer("solver")
          .definedBy("dev.crease.solver")
          .layer("bridge")
          .definedBy("dev.crease.solver.bridge")
          .layer("guard")
          .definedBy("dev.crease.solver.guard")
          .layer("registry")
          .definedBy("dev.crease.solver.registry")
          .layer("natives")
          .definedBy("dev.crease.solver.natives")
          .layer("bounds")
          .definedBy("dev.crease.bounds")
          .layer("encoding")
          .definedBy("dev.crease.encoding")
          .whereLayer("encoding")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("registry")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("natives")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("bounds")
          .mayOnlyBeAccessedByLayers("encoding")
          .whereLayer("network")
          .mayOnlyBeAccessedByLayers("bounds", "encoding")
          .whereLayer("guard")
          .mayOnlyBeAccessedByLayers("bridge", "registry")
          .whereLayer("bridge")
          .mayOnlyBeAccessedByLayers("registry")
          .whereLayer("solver")
          .mayOnlyBeAccessedByLayers("bridge", "guard", "registry", "encoding")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("solver", "bridge", "guard", "encoding");

  @ArchTest
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().matching("dev.crease.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_A_QUESTION_OR_A_FORMAT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.fasterxml..",
              "org.hipparchus..",
              "com.google.ortools..",
              "com.sun.jna..",
              "com.google.protobuf..");

  @ArchTest
  static final ArchRule NOTHING_IS_PRINTED =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule NOTHING_ENDS_THE_PROCESS =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
