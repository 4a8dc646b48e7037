// What Camunda Modeler is made of, bundled for a page: bpmn-js, its properties panel and element templates.

import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import { CamundaPlatformPropertiesProviderModule } from "bpmn-js-properties-panel";
import { CloudElementTemplatesPropertiesProviderModule, ElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import CloudBehaviors from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import PlatformBehaviors from "camunda-bpmn-js-behaviors/lib/camunda-platform";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";

const PLATFORMS = {
  "camunda-8": {
    modules: [ZeebePropertiesProviderModule, CloudElementTemplatesPropertiesProviderModule, CloudBehaviors],
    moddle: { zeebe },
  },
  "camunda-7": {
    modules: [CamundaPlatformPropertiesProviderModule, ElementTemplatesPropertiesProviderModule, PlatformBehaviors],
    moddle: { camunda },
  },
};

window.openModeler = ({ platform, descriptor, canvas, panel }) =>
  new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ...PLATFORMS[platform].modules],
    moddleExtensions: { ...PLATFORMS[platform].moddle, ...(descriptor ? { ankunft: descriptor } : {}) },
  });
