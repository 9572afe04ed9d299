// Generated from provider/args/schema by scripts/generate-validators.mjs.
"use strict";
exports.kmsClientGroupArgs = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"kms-client-group-args.schema.json","type":"object","additionalProperties":false,"required":["hosts","os","edition"],"properties":{"hosts":{"type":"array","minItems":1,"items":{"type":"object","description":"a KMSHost"},"description":"a list of at least one KMSHost"},"os":{"type":"string","minLength":1,"description":"an operating system, a value of OperatingSystem"},"edition":{"type":"string","minLength":1,"description":"an edition of the operating system"},"vms":{"type":"object","additionalProperties":false,"required":["resourceGroupName","subnetId","adminPassword","count"],"properties":{"count":{"type":"integer","minimum":1,"maximum":1000,"description":"a whole number from 1 to 1000"},"computerNamePrefix":{"type":"string","pattern":"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$","description":"1 to 10 letters, digits and hyphens, a letter first"},"resourceGroupName":{"$ref":"windows-vm.schema.json#/properties/resourceGroupName"},"subnetId":{"$ref":"windows-vm.schema.json#/properties/subnetId"},"adminPassword":{"$ref":"windows-vm.schema.json#/properties/adminPassword"},"adminUsername":{"$ref":"windows-vm.schema.json#/properties/adminUsername"},"location":{"$ref":"windows-vm.schema.json#/properties/location"},"size":{"$ref":"windows-vm.schema.json#/properties/size"},"core":{"$ref":"windows-vm.schema.json#/properties/core"},"osDiskType":{"$ref":"windows-vm.schema.json#/properties/osDiskType"},"licenseType":{"$ref":"windows-vm.schema.json#/properties/licenseType"},"encryptionAtHost":{"$ref":"windows-vm.schema.json#/properties/encryptionAtHost"},"tags":{"$ref":"windows-vm.schema.json#/properties/tags"}}},"azureVmIds":{"type":"array","minItems":1,"items":{"$ref":"kms-host-args.schema.json#/properties/azureVmId"},"description":"a list of at least one virtual machine"},"discovery":{"enum":["dns","host"],"description":"dns or host"},"lookupDomain":{"$ref":"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName"},"productKey":{"type":"string","minLength":1,"description":"a KMS client setup key"},"rollout":{"type":"object","additionalProperties":false,"properties":{"maxConcurrent":{"type":"integer","minimum":1,"maximum":500,"description":"a whole number from 1 to 500"},"deadlineMinutes":{"type":"integer","minimum":5,"maximum":1440,"description":"a whole number of minutes from 5 to 1440"}}},"acceptUnlisted":{"type":"boolean","description":"true or false"},"domainJoined":{"type":"boolean","description":"true or false"},"dnsSuffix":{"type":"string","maxLength":253,"description":"a DNS suffix, or \"\" for none"},"image":{"$ref":"machine-facts.schema.json#/definitions/image"},"network":{"$ref":"machine-facts.schema.json#/definitions/network"},"hypervisor":{"type":"string","minLength":1,"description":"what the members run on"},"domainController":{"type":"boolean","description":"true or false"},"offlineDays":{"type":"integer","minimum":0,"maximum":3650,"description":"a whole number of days from 0 to 3650"},"strict":{"type":"boolean","description":"true or false"},"acknowledge":{"$ref":"machine-facts.schema.json#/definitions/acknowledge"}}};
const schema13 = {"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"};
const schema14 = {"type":"string","pattern":"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$","description":"the Azure resource ID of a subnet: /subscriptions/…/virtualNetworks/NAME/subnets/NAME"};
const schema15 = {"type":"string","minLength":12,"maxLength":123,"description":"12 to 123 characters"};
const schema16 = {"type":"string","minLength":1,"maxLength":20,"description":"1 to 20 characters"};
const schema17 = {"type":"string","minLength":1,"description":"the name of an Azure region, for example westeurope"};
const schema18 = {"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]*$","description":"an Azure virtual machine size, for example Standard_B2as_v2"};
const schema19 = {"type":"boolean","description":"true or false"};
const schema20 = {"enum":["Standard_LRS","StandardSSD_LRS","StandardSSD_ZRS","Premium_LRS","Premium_ZRS"],"description":"Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS or Premium_ZRS"};
const schema21 = {"enum":["Windows_Server","Windows_Client","None"],"description":"Windows_Server, Windows_Client or None"};
const schema22 = {"type":"boolean","description":"true or false"};
const schema23 = {"type":"object","additionalProperties":{"type":"string","description":"a text"},"description":"tag names with their values"};
const schema31 = {"type":"string","pattern":"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$","description":"the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME"};
const schema32 = {"type":"string","maxLength":253,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"};
const schema28 = {"type":"object","additionalProperties":false,"properties":{"evaluation":{"type":"boolean","description":"true or false"},"generalized":{"type":"boolean","description":"true or false"},"skipRearm":{"type":"boolean","description":"true or false"}},"description":"what is known of an image"};
const schema29 = {"type":"object","additionalProperties":false,"properties":{"privateSubnet":{"type":"boolean","description":"true or false"},"outbound":{"enum":["none","natGateway","loadBalancer","firewall","publicAddress"],"description":"none, natGateway, loadBalancer, firewall or publicAddress"},"defaultRoute":{"enum":["Internet","VirtualAppliance","VirtualNetworkGateway","VnetLocal","None"],"description":"Internet, VirtualAppliance, VirtualNetworkGateway, VnetLocal or None"},"firewallApplicationRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"firewallNetworkRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"dnsServers":{"type":"array","items":{"type":"string","minLength":1,"description":"addresses"},"description":"a list of addresses"}},"description":"what is known of a network"};
const schema30 = {"type":"array","items":{"type":"string","pattern":"^KMS[0-9]{4}$","description":"a code, for example KMS2209"},"description":"a list of codes"};
const func2 = Object.prototype.hasOwnProperty;
const func3 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$", "u");
const pattern1 = new RegExp("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", "u");
const pattern2 = new RegExp("^[A-Za-z][A-Za-z0-9_]*$", "u");
const pattern7 = new RegExp("^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$", "u");
const pattern10 = new RegExp("^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", "u");
const pattern14 = new RegExp("^KMS[0-9]{4}$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="kms-client-group-args.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.hosts === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.os === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "os"},message:"must have required property '"+"os"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.edition === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "edition"},message:"must have required property '"+"edition"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.hosts !== undefined){
let data0 = data.hosts;
if(Array.isArray(data0)){
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.hosts,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err5 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.hosts.items.type,parentSchema:schema11.properties.hosts.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.hosts.type,parentSchema:schema11.properties.hosts,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.os !== undefined){
let data2 = data.os;
if(typeof data2 === "string"){
if(func3(data2) < 1){
const err7 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.os,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.os.type,parentSchema:schema11.properties.os,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.edition !== undefined){
let data3 = data.edition;
if(typeof data3 === "string"){
if(func3(data3) < 1){
const err9 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.edition,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.edition.type,parentSchema:schema11.properties.edition,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.vms !== undefined){
let data4 = data.vms;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.resourceGroupName === undefined){
const err11 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema11.properties.vms.required,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.subnetId === undefined){
const err12 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema11.properties.vms.required,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.adminPassword === undefined){
const err13 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema11.properties.vms.required,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.count === undefined){
const err14 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "count"},message:"must have required property '"+"count"+"'",schema:schema11.properties.vms.required,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!(func2.call(schema11.properties.vms.properties, key1))){
const err15 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.count !== undefined){
let data5 = data4.count;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err16 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.vms.properties.count.type,parentSchema:schema11.properties.vms.properties.count,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000 || isNaN(data5)){
const err17 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema11.properties.vms.properties.count,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err18 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.vms.properties.count,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
if(data4.computerNamePrefix !== undefined){
let data6 = data4.computerNamePrefix;
if(typeof data6 === "string"){
if(!pattern0.test(data6)){
const err19 = {instancePath:instancePath+"/vms/computerNamePrefix",schemaPath:"#/properties/vms/properties/computerNamePrefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$",parentSchema:schema11.properties.vms.properties.computerNamePrefix,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/vms/computerNamePrefix",schemaPath:"#/properties/vms/properties/computerNamePrefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.vms.properties.computerNamePrefix.type,parentSchema:schema11.properties.vms.properties.computerNamePrefix,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.resourceGroupName !== undefined){
let data7 = data4.resourceGroupName;
if(typeof data7 === "string"){
if(func3(data7) > 90){
const err21 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema13,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(func3(data7) < 1){
const err22 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.type,parentSchema:schema13,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.subnetId !== undefined){
let data8 = data4.subnetId;
if(typeof data8 === "string"){
if(!pattern1.test(data8)){
const err24 = {instancePath:instancePath+"/vms/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema14,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/vms/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data4.adminPassword !== undefined){
let data9 = data4.adminPassword;
if(typeof data9 === "string"){
if(func3(data9) > 123){
const err26 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema15,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(func3(data9) < 12){
const err27 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema15,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.type,parentSchema:schema15,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data4.adminUsername !== undefined){
let data10 = data4.adminUsername;
if(typeof data10 === "string"){
if(func3(data10) > 20){
const err29 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema16,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(func3(data10) < 1){
const err30 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema16,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.type,parentSchema:schema16,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data4.location !== undefined){
let data11 = data4.location;
if(typeof data11 === "string"){
if(func3(data11) < 1){
const err32 = {instancePath:instancePath+"/vms/location",schemaPath:"windows-vm.schema.json#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema17,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/vms/location",schemaPath:"windows-vm.schema.json#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.type,parentSchema:schema17,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data4.size !== undefined){
let data12 = data4.size;
if(typeof data12 === "string"){
if(!pattern2.test(data12)){
const err34 = {instancePath:instancePath+"/vms/size",schemaPath:"windows-vm.schema.json#/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema18,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/vms/size",schemaPath:"windows-vm.schema.json#/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.type,parentSchema:schema18,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data4.core !== undefined){
let data13 = data4.core;
if(typeof data13 !== "boolean"){
const err36 = {instancePath:instancePath+"/vms/core",schemaPath:"windows-vm.schema.json#/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema19.type,parentSchema:schema19,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data4.osDiskType !== undefined){
let data14 = data4.osDiskType;
if(!(((((data14 === "Standard_LRS") || (data14 === "StandardSSD_LRS")) || (data14 === "StandardSSD_ZRS")) || (data14 === "Premium_LRS")) || (data14 === "Premium_ZRS"))){
const err37 = {instancePath:instancePath+"/vms/osDiskType",schemaPath:"windows-vm.schema.json#/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values",schema:schema20.enum,parentSchema:schema20,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data4.licenseType !== undefined){
let data15 = data4.licenseType;
if(!(((data15 === "Windows_Server") || (data15 === "Windows_Client")) || (data15 === "None"))){
const err38 = {instancePath:instancePath+"/vms/licenseType",schemaPath:"windows-vm.schema.json#/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema21.enum},message:"must be equal to one of the allowed values",schema:schema21.enum,parentSchema:schema21,data:data15};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data4.encryptionAtHost !== undefined){
let data16 = data4.encryptionAtHost;
if(typeof data16 !== "boolean"){
const err39 = {instancePath:instancePath+"/vms/encryptionAtHost",schemaPath:"windows-vm.schema.json#/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema22.type,parentSchema:schema22,data:data16};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data4.tags !== undefined){
let data17 = data4.tags;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key2 in data17){
let data18 = data17[key2];
if(typeof data18 !== "string"){
const err40 = {instancePath:instancePath+"/vms/tags/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"windows-vm.schema.json#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.additionalProperties.type,parentSchema:schema23.additionalProperties,data:data18};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/vms/tags",schemaPath:"windows-vm.schema.json#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.vms.type,parentSchema:schema11.properties.vms,data:data4};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.azureVmIds !== undefined){
let data19 = data.azureVmIds;
if(Array.isArray(data19)){
if(data19.length < 1){
const err43 = {instancePath:instancePath+"/azureVmIds",schemaPath:"#/properties/azureVmIds/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.azureVmIds,data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(typeof data20 === "string"){
if(!pattern7.test(data20)){
const err44 = {instancePath:instancePath+"/azureVmIds/" + i1,schemaPath:"kms-host-args.schema.json#/properties/azureVmId/pattern",keyword:"pattern",params:{pattern: "^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"},message:"must match pattern \""+"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"+"\"",schema:"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$",parentSchema:schema31,data:data20};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/azureVmIds/" + i1,schemaPath:"kms-host-args.schema.json#/properties/azureVmId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.type,parentSchema:schema31,data:data20};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/azureVmIds",schemaPath:"#/properties/azureVmIds/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.azureVmIds.type,parentSchema:schema11.properties.azureVmIds,data:data19};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.discovery !== undefined){
let data21 = data.discovery;
if(!((data21 === "dns") || (data21 === "host"))){
const err47 = {instancePath:instancePath+"/discovery",schemaPath:"#/properties/discovery/enum",keyword:"enum",params:{allowedValues: schema11.properties.discovery.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.discovery.enum,parentSchema:schema11.properties.discovery,data:data21};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.lookupDomain !== undefined){
let data22 = data.lookupDomain;
if(typeof data22 === "string"){
if(func3(data22) > 253){
const err48 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema32,data:data22};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(!pattern10.test(data22)){
const err49 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema32,data:data22};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data22};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data.productKey !== undefined){
let data23 = data.productKey;
if(typeof data23 === "string"){
if(func3(data23) < 1){
const err51 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.productKey,data:data23};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.productKey.type,parentSchema:schema11.properties.productKey,data:data23};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.rollout !== undefined){
let data24 = data.rollout;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key3 in data24){
if(!((key3 === "maxConcurrent") || (key3 === "deadlineMinutes"))){
const err53 = {instancePath:instancePath+"/rollout",schemaPath:"#/properties/rollout/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.rollout,data:data24};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data24.maxConcurrent !== undefined){
let data25 = data24.maxConcurrent;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err54 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.rollout.properties.maxConcurrent.type,parentSchema:schema11.properties.rollout.properties.maxConcurrent,data:data25};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 500 || isNaN(data25)){
const err55 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 500},message:"must be <= 500",schema:500,parentSchema:schema11.properties.rollout.properties.maxConcurrent,data:data25};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data25 < 1 || isNaN(data25)){
const err56 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.rollout.properties.maxConcurrent,data:data25};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
if(data24.deadlineMinutes !== undefined){
let data26 = data24.deadlineMinutes;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
const err57 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.rollout.properties.deadlineMinutes.type,parentSchema:schema11.properties.rollout.properties.deadlineMinutes,data:data26};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 1440 || isNaN(data26)){
const err58 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1440},message:"must be <= 1440",schema:1440,parentSchema:schema11.properties.rollout.properties.deadlineMinutes,data:data26};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data26 < 5 || isNaN(data26)){
const err59 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 5},message:"must be >= 5",schema:5,parentSchema:schema11.properties.rollout.properties.deadlineMinutes,data:data26};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
}
else {
const err60 = {instancePath:instancePath+"/rollout",schemaPath:"#/properties/rollout/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.rollout.type,parentSchema:schema11.properties.rollout,data:data24};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data.acceptUnlisted !== undefined){
let data27 = data.acceptUnlisted;
if(typeof data27 !== "boolean"){
const err61 = {instancePath:instancePath+"/acceptUnlisted",schemaPath:"#/properties/acceptUnlisted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.acceptUnlisted.type,parentSchema:schema11.properties.acceptUnlisted,data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data.domainJoined !== undefined){
let data28 = data.domainJoined;
if(typeof data28 !== "boolean"){
const err62 = {instancePath:instancePath+"/domainJoined",schemaPath:"#/properties/domainJoined/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.domainJoined.type,parentSchema:schema11.properties.domainJoined,data:data28};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data.dnsSuffix !== undefined){
let data29 = data.dnsSuffix;
if(typeof data29 === "string"){
if(func3(data29) > 253){
const err63 = {instancePath:instancePath+"/dnsSuffix",schemaPath:"#/properties/dnsSuffix/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema11.properties.dnsSuffix,data:data29};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/dnsSuffix",schemaPath:"#/properties/dnsSuffix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.dnsSuffix.type,parentSchema:schema11.properties.dnsSuffix,data:data29};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.image !== undefined){
let data30 = data.image;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key4 in data30){
if(!(((key4 === "evaluation") || (key4 === "generalized")) || (key4 === "skipRearm"))){
const err65 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data:data30};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data30.evaluation !== undefined){
let data31 = data30.evaluation;
if(typeof data31 !== "boolean"){
const err66 = {instancePath:instancePath+"/image/evaluation",schemaPath:"machine-facts.schema.json#/definitions/image/properties/evaluation/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.evaluation.type,parentSchema:schema28.properties.evaluation,data:data31};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data30.generalized !== undefined){
let data32 = data30.generalized;
if(typeof data32 !== "boolean"){
const err67 = {instancePath:instancePath+"/image/generalized",schemaPath:"machine-facts.schema.json#/definitions/image/properties/generalized/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.generalized.type,parentSchema:schema28.properties.generalized,data:data32};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data30.skipRearm !== undefined){
let data33 = data30.skipRearm;
if(typeof data33 !== "boolean"){
const err68 = {instancePath:instancePath+"/image/skipRearm",schemaPath:"machine-facts.schema.json#/definitions/image/properties/skipRearm/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.skipRearm.type,parentSchema:schema28.properties.skipRearm,data:data33};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data:data30};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data.network !== undefined){
let data34 = data.network;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key5 in data34){
if(!((((((key5 === "privateSubnet") || (key5 === "outbound")) || (key5 === "defaultRoute")) || (key5 === "firewallApplicationRules")) || (key5 === "firewallNetworkRules")) || (key5 === "dnsServers"))){
const err70 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema29,data:data34};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data34.privateSubnet !== undefined){
let data35 = data34.privateSubnet;
if(typeof data35 !== "boolean"){
const err71 = {instancePath:instancePath+"/network/privateSubnet",schemaPath:"machine-facts.schema.json#/definitions/network/properties/privateSubnet/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema29.properties.privateSubnet.type,parentSchema:schema29.properties.privateSubnet,data:data35};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data34.outbound !== undefined){
let data36 = data34.outbound;
if(!(((((data36 === "none") || (data36 === "natGateway")) || (data36 === "loadBalancer")) || (data36 === "firewall")) || (data36 === "publicAddress"))){
const err72 = {instancePath:instancePath+"/network/outbound",schemaPath:"machine-facts.schema.json#/definitions/network/properties/outbound/enum",keyword:"enum",params:{allowedValues: schema29.properties.outbound.enum},message:"must be equal to one of the allowed values",schema:schema29.properties.outbound.enum,parentSchema:schema29.properties.outbound,data:data36};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data34.defaultRoute !== undefined){
let data37 = data34.defaultRoute;
if(!(((((data37 === "Internet") || (data37 === "VirtualAppliance")) || (data37 === "VirtualNetworkGateway")) || (data37 === "VnetLocal")) || (data37 === "None"))){
const err73 = {instancePath:instancePath+"/network/defaultRoute",schemaPath:"machine-facts.schema.json#/definitions/network/properties/defaultRoute/enum",keyword:"enum",params:{allowedValues: schema29.properties.defaultRoute.enum},message:"must be equal to one of the allowed values",schema:schema29.properties.defaultRoute.enum,parentSchema:schema29.properties.defaultRoute,data:data37};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data34.firewallApplicationRules !== undefined){
let data38 = data34.firewallApplicationRules;
if(Array.isArray(data38)){
const len2 = data38.length;
for(let i2=0; i2<len2; i2++){
let data39 = data38[i2];
if(typeof data39 === "string"){
if(func3(data39) < 1){
const err74 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i2,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.firewallApplicationRules.items,data:data39};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i2,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.firewallApplicationRules.items.type,parentSchema:schema29.properties.firewallApplicationRules.items,data:data39};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/network/firewallApplicationRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.firewallApplicationRules.type,parentSchema:schema29.properties.firewallApplicationRules,data:data38};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data34.firewallNetworkRules !== undefined){
let data40 = data34.firewallNetworkRules;
if(Array.isArray(data40)){
const len3 = data40.length;
for(let i3=0; i3<len3; i3++){
let data41 = data40[i3];
if(typeof data41 === "string"){
if(func3(data41) < 1){
const err77 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i3,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.firewallNetworkRules.items,data:data41};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i3,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.firewallNetworkRules.items.type,parentSchema:schema29.properties.firewallNetworkRules.items,data:data41};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/network/firewallNetworkRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.firewallNetworkRules.type,parentSchema:schema29.properties.firewallNetworkRules,data:data40};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data34.dnsServers !== undefined){
let data42 = data34.dnsServers;
if(Array.isArray(data42)){
const len4 = data42.length;
for(let i4=0; i4<len4; i4++){
let data43 = data42[i4];
if(typeof data43 === "string"){
if(func3(data43) < 1){
const err80 = {instancePath:instancePath+"/network/dnsServers/" + i4,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.dnsServers.items,data:data43};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/network/dnsServers/" + i4,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.dnsServers.items.type,parentSchema:schema29.properties.dnsServers.items,data:data43};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/network/dnsServers",schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.dnsServers.type,parentSchema:schema29.properties.dnsServers,data:data42};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema29.type,parentSchema:schema29,data:data34};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.hypervisor !== undefined){
let data44 = data.hypervisor;
if(typeof data44 === "string"){
if(func3(data44) < 1){
const err84 = {instancePath:instancePath+"/hypervisor",schemaPath:"#/properties/hypervisor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.hypervisor,data:data44};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/hypervisor",schemaPath:"#/properties/hypervisor/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.hypervisor.type,parentSchema:schema11.properties.hypervisor,data:data44};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data.domainController !== undefined){
let data45 = data.domainController;
if(typeof data45 !== "boolean"){
const err86 = {instancePath:instancePath+"/domainController",schemaPath:"#/properties/domainController/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.domainController.type,parentSchema:schema11.properties.domainController,data:data45};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.offlineDays !== undefined){
let data46 = data.offlineDays;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err87 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.offlineDays.type,parentSchema:schema11.properties.offlineDays,data:data46};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 3650 || isNaN(data46)){
const err88 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3650},message:"must be <= 3650",schema:3650,parentSchema:schema11.properties.offlineDays,data:data46};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(data46 < 0 || isNaN(data46)){
const err89 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.offlineDays,data:data46};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
if(data.strict !== undefined){
let data47 = data.strict;
if(typeof data47 !== "boolean"){
const err90 = {instancePath:instancePath+"/strict",schemaPath:"#/properties/strict/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.strict.type,parentSchema:schema11.properties.strict,data:data47};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data.acknowledge !== undefined){
let data48 = data.acknowledge;
if(Array.isArray(data48)){
const len5 = data48.length;
for(let i5=0; i5<len5; i5++){
let data49 = data48[i5];
if(typeof data49 === "string"){
if(!pattern14.test(data49)){
const err91 = {instancePath:instancePath+"/acknowledge/" + i5,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/pattern",keyword:"pattern",params:{pattern: "^KMS[0-9]{4}$"},message:"must match pattern \""+"^KMS[0-9]{4}$"+"\"",schema:"^KMS[0-9]{4}$",parentSchema:schema30.items,data:data49};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/acknowledge/" + i5,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.items.type,parentSchema:schema30.items,data:data49};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
else {
const err93 = {instancePath:instancePath+"/acknowledge",schemaPath:"machine-facts.schema.json#/definitions/acknowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema30.type,parentSchema:schema30,data:data48};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

exports.kmsHostArgs = validate12;
const schema24 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"kms-host-args.schema.json","type":"object","additionalProperties":false,"required":["keyGroup","productKey","os"],"properties":{"keyGroup":{"type":"string","minLength":1,"description":"a product key group, a value of KeyGroup"},"productKey":{"type":"string","minLength":1,"description":"the KMS host key"},"os":{"type":"string","minLength":1,"description":"an operating system, a value of OperatingSystem"},"edition":{"type":"string","minLength":1,"description":"an edition of the operating system"},"vm":{"$ref":"windows-vm.schema.json"},"azureVmId":{"type":"string","pattern":"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$","description":"the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME"},"computerName":{"type":"string","pattern":"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$","description":"1 to 15 letters, digits and hyphens, not digits alone"},"clientPrefixes":{"type":"array","items":{"type":"string","pattern":"^([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/[0-9]{1,3})?$","description":"an address prefix, for example 10.20.0.0/16"},"description":"a list of address prefixes"},"srvRecords":{"type":"array","items":{"$ref":"#/definitions/srvRecord"},"description":"a list of SRV records"},"port":{"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"},"activationIntervalMinutes":{"type":"integer","minimum":15,"maximum":43200,"description":"a whole number of minutes from 15 to 43200"},"renewalIntervalMinutes":{"type":"integer","minimum":15,"maximum":43200,"description":"a whole number of minutes from 15 to 43200"},"lowPriority":{"type":"boolean","description":"true or false"},"firewallProfiles":{"type":"array","minItems":1,"uniqueItems":true,"items":{"enum":["Domain","Private","Public"],"description":"Domain, Private or Public"},"description":"a list of Domain, Private and Public, each once"},"deadlineMinutes":{"type":"integer","minimum":5,"maximum":720,"description":"a whole number of minutes from 5 to 720"},"updates":{"type":"array","items":{"type":"string","pattern":"^KB[0-9]{6,7}$","description":"the number of an update, for example KB3172614"},"description":"a list of updates"},"osBuild":{"type":"string","pattern":"^[0-9]{4,5}\\.[0-9]{1,5}$","description":"a build with its revision, for example 20348.2322"},"image":{"$ref":"machine-facts.schema.json#/definitions/image"},"network":{"$ref":"machine-facts.schema.json#/definitions/network"},"hostLimitException":{"type":"object","additionalProperties":false,"required":["hosts","reference"],"properties":{"hosts":{"type":"integer","minimum":7,"maximum":10000,"description":"a whole number from 7 to 10000"},"reference":{"type":"string","minLength":1,"description":"Microsoft's reference of the exception"}},"description":"{ hosts, reference }"},"strict":{"type":"boolean","description":"true or false"},"acknowledge":{"$ref":"machine-facts.schema.json#/definitions/acknowledge"},"activation":{"enum":["online","offline","none"],"description":"online, offline or none"},"confirmationId":{"type":"string","pattern":"^([0-9]{6,7}-?){6,8}$","description":"48 digits, with or without hyphens"}},"definitions":{"srvRecord":{"type":"object","additionalProperties":false,"required":["privateZone"],"properties":{"privateZone":{"type":"object","additionalProperties":false,"required":["resourceGroupName","zoneName"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"zoneName":{"type":"string","maxLength":253,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"},"subscriptionId":{"type":"string","pattern":"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$","description":"a subscription ID of the form 00000000-0000-0000-0000-000000000000"}}},"priority":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"weight":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"ttlSeconds":{"type":"integer","minimum":1,"maximum":2147483647,"description":"a whole number of seconds from 1 to 2147483647"},"addressRecord":{"type":"boolean","description":"true or false"}}}}};
const schema12 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"windows-vm.schema.json","type":"object","additionalProperties":false,"required":["resourceGroupName","subnetId","adminPassword"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"subnetId":{"type":"string","pattern":"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$","description":"the Azure resource ID of a subnet: /subscriptions/…/virtualNetworks/NAME/subnets/NAME"},"adminPassword":{"type":"string","minLength":12,"maxLength":123,"description":"12 to 123 characters"},"adminUsername":{"type":"string","minLength":1,"maxLength":20,"description":"1 to 20 characters"},"location":{"type":"string","minLength":1,"description":"the name of an Azure region, for example westeurope"},"size":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]*$","description":"an Azure virtual machine size, for example Standard_B2as_v2"},"core":{"type":"boolean","description":"true or false"},"osDiskType":{"enum":["Standard_LRS","StandardSSD_LRS","StandardSSD_ZRS","Premium_LRS","Premium_ZRS"],"description":"Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS or Premium_ZRS"},"licenseType":{"enum":["Windows_Server","Windows_Client","None"],"description":"Windows_Server, Windows_Client or None"},"encryptionAtHost":{"type":"boolean","description":"true or false"},"tags":{"type":"object","additionalProperties":{"type":"string","description":"a text"},"description":"tag names with their values"}}};
const schema26 = {"type":"object","additionalProperties":false,"required":["privateZone"],"properties":{"privateZone":{"type":"object","additionalProperties":false,"required":["resourceGroupName","zoneName"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"zoneName":{"type":"string","maxLength":253,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"},"subscriptionId":{"type":"string","pattern":"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$","description":"a subscription ID of the form 00000000-0000-0000-0000-000000000000"}}},"priority":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"weight":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"ttlSeconds":{"type":"integer","minimum":1,"maximum":2147483647,"description":"a whole number of seconds from 1 to 2147483647"},"addressRecord":{"type":"boolean","description":"true or false"}}};
const func0 = require("ajv/dist/runtime/equal").default;
const pattern8 = new RegExp("^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$", "u");
const pattern9 = new RegExp("^([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/[0-9]{1,3})?$", "u");
const pattern11 = new RegExp("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", "u");
const pattern12 = new RegExp("^KB[0-9]{6,7}$", "u");
const pattern13 = new RegExp("^[0-9]{4,5}\\.[0-9]{1,5}$", "u");
const pattern15 = new RegExp("^([0-9]{6,7}-?){6,8}$", "u");

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="kms-host-args.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.keyGroup === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "keyGroup"},message:"must have required property '"+"keyGroup"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.productKey === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "productKey"},message:"must have required property '"+"productKey"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.os === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "os"},message:"must have required property '"+"os"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema24.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.keyGroup !== undefined){
let data0 = data.keyGroup;
if(typeof data0 === "string"){
if(func3(data0) < 1){
const err4 = {instancePath:instancePath+"/keyGroup",schemaPath:"#/properties/keyGroup/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema24.properties.keyGroup,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/keyGroup",schemaPath:"#/properties/keyGroup/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.keyGroup.type,parentSchema:schema24.properties.keyGroup,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.productKey !== undefined){
let data1 = data.productKey;
if(typeof data1 === "string"){
if(func3(data1) < 1){
const err6 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema24.properties.productKey,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.productKey.type,parentSchema:schema24.properties.productKey,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.os !== undefined){
let data2 = data.os;
if(typeof data2 === "string"){
if(func3(data2) < 1){
const err8 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema24.properties.os,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.os.type,parentSchema:schema24.properties.os,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.edition !== undefined){
let data3 = data.edition;
if(typeof data3 === "string"){
if(func3(data3) < 1){
const err10 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema24.properties.edition,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.edition.type,parentSchema:schema24.properties.edition,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.vm !== undefined){
let data4 = data.vm;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.resourceGroupName === undefined){
const err12 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema12.required,parentSchema:schema12,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.subnetId === undefined){
const err13 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema12.required,parentSchema:schema12,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.adminPassword === undefined){
const err14 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema12.required,parentSchema:schema12,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!(func2.call(schema12.properties, key1))){
const err15 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.resourceGroupName !== undefined){
let data5 = data4.resourceGroupName;
if(typeof data5 === "string"){
if(func3(data5) > 90){
const err16 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema12.properties.resourceGroupName,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func3(data5) < 1){
const err17 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.resourceGroupName,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.resourceGroupName.type,parentSchema:schema12.properties.resourceGroupName,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4.subnetId !== undefined){
let data6 = data4.subnetId;
if(typeof data6 === "string"){
if(!pattern1.test(data6)){
const err19 = {instancePath:instancePath+"/vm/subnetId",schemaPath:"windows-vm.schema.json/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema12.properties.subnetId,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/vm/subnetId",schemaPath:"windows-vm.schema.json/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.subnetId.type,parentSchema:schema12.properties.subnetId,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.adminPassword !== undefined){
let data7 = data4.adminPassword;
if(typeof data7 === "string"){
if(func3(data7) > 123){
const err21 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema12.properties.adminPassword,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(func3(data7) < 12){
const err22 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema12.properties.adminPassword,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.adminPassword.type,parentSchema:schema12.properties.adminPassword,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.adminUsername !== undefined){
let data8 = data4.adminUsername;
if(typeof data8 === "string"){
if(func3(data8) > 20){
const err24 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema12.properties.adminUsername,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(func3(data8) < 1){
const err25 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.adminUsername,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.adminUsername.type,parentSchema:schema12.properties.adminUsername,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data4.location !== undefined){
let data9 = data4.location;
if(typeof data9 === "string"){
if(func3(data9) < 1){
const err27 = {instancePath:instancePath+"/vm/location",schemaPath:"windows-vm.schema.json/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.location,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/vm/location",schemaPath:"windows-vm.schema.json/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.location.type,parentSchema:schema12.properties.location,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data4.size !== undefined){
let data10 = data4.size;
if(typeof data10 === "string"){
if(!pattern2.test(data10)){
const err29 = {instancePath:instancePath+"/vm/size",schemaPath:"windows-vm.schema.json/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema12.properties.size,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/vm/size",schemaPath:"windows-vm.schema.json/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.size.type,parentSchema:schema12.properties.size,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data4.core !== undefined){
let data11 = data4.core;
if(typeof data11 !== "boolean"){
const err31 = {instancePath:instancePath+"/vm/core",schemaPath:"windows-vm.schema.json/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.core.type,parentSchema:schema12.properties.core,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data4.osDiskType !== undefined){
let data12 = data4.osDiskType;
if(!(((((data12 === "Standard_LRS") || (data12 === "StandardSSD_LRS")) || (data12 === "StandardSSD_ZRS")) || (data12 === "Premium_LRS")) || (data12 === "Premium_ZRS"))){
const err32 = {instancePath:instancePath+"/vm/osDiskType",schemaPath:"windows-vm.schema.json/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema12.properties.osDiskType.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.osDiskType.enum,parentSchema:schema12.properties.osDiskType,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data4.licenseType !== undefined){
let data13 = data4.licenseType;
if(!(((data13 === "Windows_Server") || (data13 === "Windows_Client")) || (data13 === "None"))){
const err33 = {instancePath:instancePath+"/vm/licenseType",schemaPath:"windows-vm.schema.json/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema12.properties.licenseType.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.licenseType.enum,parentSchema:schema12.properties.licenseType,data:data13};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data4.encryptionAtHost !== undefined){
let data14 = data4.encryptionAtHost;
if(typeof data14 !== "boolean"){
const err34 = {instancePath:instancePath+"/vm/encryptionAtHost",schemaPath:"windows-vm.schema.json/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.encryptionAtHost.type,parentSchema:schema12.properties.encryptionAtHost,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data4.tags !== undefined){
let data15 = data4.tags;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key2 in data15){
let data16 = data15[key2];
if(typeof data16 !== "string"){
const err35 = {instancePath:instancePath+"/vm/tags/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"windows-vm.schema.json/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.tags.additionalProperties.type,parentSchema:schema12.properties.tags.additionalProperties,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/vm/tags",schemaPath:"windows-vm.schema.json/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.tags.type,parentSchema:schema12.properties.tags,data:data15};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data:data4};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.azureVmId !== undefined){
let data17 = data.azureVmId;
if(typeof data17 === "string"){
if(!pattern7.test(data17)){
const err38 = {instancePath:instancePath+"/azureVmId",schemaPath:"#/properties/azureVmId/pattern",keyword:"pattern",params:{pattern: "^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"},message:"must match pattern \""+"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"+"\"",schema:"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$",parentSchema:schema24.properties.azureVmId,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/azureVmId",schemaPath:"#/properties/azureVmId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.azureVmId.type,parentSchema:schema24.properties.azureVmId,data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.computerName !== undefined){
let data18 = data.computerName;
if(typeof data18 === "string"){
if(!pattern8.test(data18)){
const err40 = {instancePath:instancePath+"/computerName",schemaPath:"#/properties/computerName/pattern",keyword:"pattern",params:{pattern: "^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$"},message:"must match pattern \""+"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$"+"\"",schema:"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$",parentSchema:schema24.properties.computerName,data:data18};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/computerName",schemaPath:"#/properties/computerName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.computerName.type,parentSchema:schema24.properties.computerName,data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.clientPrefixes !== undefined){
let data19 = data.clientPrefixes;
if(Array.isArray(data19)){
const len0 = data19.length;
for(let i0=0; i0<len0; i0++){
let data20 = data19[i0];
if(typeof data20 === "string"){
if(!pattern9.test(data20)){
const err42 = {instancePath:instancePath+"/clientPrefixes/" + i0,schemaPath:"#/properties/clientPrefixes/items/pattern",keyword:"pattern",params:{pattern: "^([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/[0-9]{1,3})?$"},message:"must match pattern \""+"^([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/[0-9]{1,3})?$"+"\"",schema:"^([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/[0-9]{1,3})?$",parentSchema:schema24.properties.clientPrefixes.items,data:data20};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/clientPrefixes/" + i0,schemaPath:"#/properties/clientPrefixes/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.clientPrefixes.items.type,parentSchema:schema24.properties.clientPrefixes.items,data:data20};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/clientPrefixes",schemaPath:"#/properties/clientPrefixes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.clientPrefixes.type,parentSchema:schema24.properties.clientPrefixes,data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.srvRecords !== undefined){
let data21 = data.srvRecords;
if(Array.isArray(data21)){
const len1 = data21.length;
for(let i1=0; i1<len1; i1++){
let data22 = data21[i1];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.privateZone === undefined){
const err45 = {instancePath:instancePath+"/srvRecords/" + i1,schemaPath:"#/definitions/srvRecord/required",keyword:"required",params:{missingProperty: "privateZone"},message:"must have required property '"+"privateZone"+"'",schema:schema26.required,parentSchema:schema26,data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
for(const key3 in data22){
if(!(((((key3 === "privateZone") || (key3 === "priority")) || (key3 === "weight")) || (key3 === "ttlSeconds")) || (key3 === "addressRecord"))){
const err46 = {instancePath:instancePath+"/srvRecords/" + i1,schemaPath:"#/definitions/srvRecord/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data:data22};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data22.privateZone !== undefined){
let data23 = data22.privateZone;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(data23.resourceGroupName === undefined){
const err47 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone",schemaPath:"#/definitions/srvRecord/properties/privateZone/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema26.properties.privateZone.required,parentSchema:schema26.properties.privateZone,data:data23};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data23.zoneName === undefined){
const err48 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone",schemaPath:"#/definitions/srvRecord/properties/privateZone/required",keyword:"required",params:{missingProperty: "zoneName"},message:"must have required property '"+"zoneName"+"'",schema:schema26.properties.privateZone.required,parentSchema:schema26.properties.privateZone,data:data23};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
for(const key4 in data23){
if(!(((key4 === "resourceGroupName") || (key4 === "zoneName")) || (key4 === "subscriptionId"))){
const err49 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone",schemaPath:"#/definitions/srvRecord/properties/privateZone/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.privateZone,data:data23};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data23.resourceGroupName !== undefined){
let data24 = data23.resourceGroupName;
if(typeof data24 === "string"){
if(func3(data24) > 90){
const err50 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/resourceGroupName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema26.properties.privateZone.properties.resourceGroupName,data:data24};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(func3(data24) < 1){
const err51 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/resourceGroupName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.privateZone.properties.resourceGroupName,data:data24};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/resourceGroupName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.privateZone.properties.resourceGroupName.type,parentSchema:schema26.properties.privateZone.properties.resourceGroupName,data:data24};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data23.zoneName !== undefined){
let data25 = data23.zoneName;
if(typeof data25 === "string"){
if(func3(data25) > 253){
const err53 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/zoneName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema26.properties.privateZone.properties.zoneName,data:data25};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!pattern10.test(data25)){
const err54 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/zoneName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema26.properties.privateZone.properties.zoneName,data:data25};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/zoneName",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.privateZone.properties.zoneName.type,parentSchema:schema26.properties.privateZone.properties.zoneName,data:data25};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data23.subscriptionId !== undefined){
let data26 = data23.subscriptionId;
if(typeof data26 === "string"){
if(!pattern11.test(data26)){
const err56 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/subscriptionId",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/subscriptionId/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"+"\"",schema:"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",parentSchema:schema26.properties.privateZone.properties.subscriptionId,data:data26};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone/subscriptionId",schemaPath:"#/definitions/srvRecord/properties/privateZone/properties/subscriptionId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.privateZone.properties.subscriptionId.type,parentSchema:schema26.properties.privateZone.properties.subscriptionId,data:data26};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
else {
const err58 = {instancePath:instancePath+"/srvRecords/" + i1+"/privateZone",schemaPath:"#/definitions/srvRecord/properties/privateZone/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.privateZone.type,parentSchema:schema26.properties.privateZone,data:data23};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data22.priority !== undefined){
let data27 = data22.priority;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err59 = {instancePath:instancePath+"/srvRecords/" + i1+"/priority",schemaPath:"#/definitions/srvRecord/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.priority.type,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 65535 || isNaN(data27)){
const err60 = {instancePath:instancePath+"/srvRecords/" + i1+"/priority",schemaPath:"#/definitions/srvRecord/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data27 < 0 || isNaN(data27)){
const err61 = {instancePath:instancePath+"/srvRecords/" + i1+"/priority",schemaPath:"#/definitions/srvRecord/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.priority,data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
if(data22.weight !== undefined){
let data28 = data22.weight;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
const err62 = {instancePath:instancePath+"/srvRecords/" + i1+"/weight",schemaPath:"#/definitions/srvRecord/properties/weight/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.weight.type,parentSchema:schema26.properties.weight,data:data28};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 65535 || isNaN(data28)){
const err63 = {instancePath:instancePath+"/srvRecords/" + i1+"/weight",schemaPath:"#/definitions/srvRecord/properties/weight/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema26.properties.weight,data:data28};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data28 < 0 || isNaN(data28)){
const err64 = {instancePath:instancePath+"/srvRecords/" + i1+"/weight",schemaPath:"#/definitions/srvRecord/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.weight,data:data28};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
if(data22.ttlSeconds !== undefined){
let data29 = data22.ttlSeconds;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err65 = {instancePath:instancePath+"/srvRecords/" + i1+"/ttlSeconds",schemaPath:"#/definitions/srvRecord/properties/ttlSeconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.ttlSeconds.type,parentSchema:schema26.properties.ttlSeconds,data:data29};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 2147483647 || isNaN(data29)){
const err66 = {instancePath:instancePath+"/srvRecords/" + i1+"/ttlSeconds",schemaPath:"#/definitions/srvRecord/properties/ttlSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647",schema:2147483647,parentSchema:schema26.properties.ttlSeconds,data:data29};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data29 < 1 || isNaN(data29)){
const err67 = {instancePath:instancePath+"/srvRecords/" + i1+"/ttlSeconds",schemaPath:"#/definitions/srvRecord/properties/ttlSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema26.properties.ttlSeconds,data:data29};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
if(data22.addressRecord !== undefined){
let data30 = data22.addressRecord;
if(typeof data30 !== "boolean"){
const err68 = {instancePath:instancePath+"/srvRecords/" + i1+"/addressRecord",schemaPath:"#/definitions/srvRecord/properties/addressRecord/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.addressRecord.type,parentSchema:schema26.properties.addressRecord,data:data30};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/srvRecords/" + i1,schemaPath:"#/definitions/srvRecord/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data:data22};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
else {
const err70 = {instancePath:instancePath+"/srvRecords",schemaPath:"#/properties/srvRecords/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.srvRecords.type,parentSchema:schema24.properties.srvRecords,data:data21};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.port !== undefined){
let data31 = data.port;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err71 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.port.type,parentSchema:schema24.properties.port,data:data31};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 > 65535 || isNaN(data31)){
const err72 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema24.properties.port,data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data31 < 1 || isNaN(data31)){
const err73 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.port,data:data31};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
if(data.activationIntervalMinutes !== undefined){
let data32 = data.activationIntervalMinutes;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err74 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.activationIntervalMinutes.type,parentSchema:schema24.properties.activationIntervalMinutes,data:data32};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 > 43200 || isNaN(data32)){
const err75 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 43200},message:"must be <= 43200",schema:43200,parentSchema:schema24.properties.activationIntervalMinutes,data:data32};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data32 < 15 || isNaN(data32)){
const err76 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 15},message:"must be >= 15",schema:15,parentSchema:schema24.properties.activationIntervalMinutes,data:data32};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
if(data.renewalIntervalMinutes !== undefined){
let data33 = data.renewalIntervalMinutes;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err77 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.renewalIntervalMinutes.type,parentSchema:schema24.properties.renewalIntervalMinutes,data:data33};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 43200 || isNaN(data33)){
const err78 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 43200},message:"must be <= 43200",schema:43200,parentSchema:schema24.properties.renewalIntervalMinutes,data:data33};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(data33 < 15 || isNaN(data33)){
const err79 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 15},message:"must be >= 15",schema:15,parentSchema:schema24.properties.renewalIntervalMinutes,data:data33};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
if(data.lowPriority !== undefined){
let data34 = data.lowPriority;
if(typeof data34 !== "boolean"){
const err80 = {instancePath:instancePath+"/lowPriority",schemaPath:"#/properties/lowPriority/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.properties.lowPriority.type,parentSchema:schema24.properties.lowPriority,data:data34};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data.firewallProfiles !== undefined){
let data35 = data.firewallProfiles;
if(Array.isArray(data35)){
if(data35.length < 1){
const err81 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema24.properties.firewallProfiles,data:data35};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
const len2 = data35.length;
for(let i2=0; i2<len2; i2++){
let data36 = data35[i2];
if(!(((data36 === "Domain") || (data36 === "Private")) || (data36 === "Public"))){
const err82 = {instancePath:instancePath+"/firewallProfiles/" + i2,schemaPath:"#/properties/firewallProfiles/items/enum",keyword:"enum",params:{allowedValues: schema24.properties.firewallProfiles.items.enum},message:"must be equal to one of the allowed values",schema:schema24.properties.firewallProfiles.items.enum,parentSchema:schema24.properties.firewallProfiles.items,data:data36};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
let i3 = data35.length;
let j0;
if(i3 > 1){
outer0:
for(;i3--;){
for(j0 = i3; j0--;){
if(func0(data35[i3], data35[j0])){
const err83 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema24.properties.firewallProfiles,data:data35};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err84 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.firewallProfiles.type,parentSchema:schema24.properties.firewallProfiles,data:data35};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data.deadlineMinutes !== undefined){
let data37 = data.deadlineMinutes;
if(!(((typeof data37 == "number") && (!(data37 % 1) && !isNaN(data37))) && (isFinite(data37)))){
const err85 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.deadlineMinutes.type,parentSchema:schema24.properties.deadlineMinutes,data:data37};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if((typeof data37 == "number") && (isFinite(data37))){
if(data37 > 720 || isNaN(data37)){
const err86 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 720},message:"must be <= 720",schema:720,parentSchema:schema24.properties.deadlineMinutes,data:data37};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(data37 < 5 || isNaN(data37)){
const err87 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 5},message:"must be >= 5",schema:5,parentSchema:schema24.properties.deadlineMinutes,data:data37};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
if(data.updates !== undefined){
let data38 = data.updates;
if(Array.isArray(data38)){
const len3 = data38.length;
for(let i4=0; i4<len3; i4++){
let data39 = data38[i4];
if(typeof data39 === "string"){
if(!pattern12.test(data39)){
const err88 = {instancePath:instancePath+"/updates/" + i4,schemaPath:"#/properties/updates/items/pattern",keyword:"pattern",params:{pattern: "^KB[0-9]{6,7}$"},message:"must match pattern \""+"^KB[0-9]{6,7}$"+"\"",schema:"^KB[0-9]{6,7}$",parentSchema:schema24.properties.updates.items,data:data39};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/updates/" + i4,schemaPath:"#/properties/updates/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.updates.items.type,parentSchema:schema24.properties.updates.items,data:data39};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
else {
const err90 = {instancePath:instancePath+"/updates",schemaPath:"#/properties/updates/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.updates.type,parentSchema:schema24.properties.updates,data:data38};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data.osBuild !== undefined){
let data40 = data.osBuild;
if(typeof data40 === "string"){
if(!pattern13.test(data40)){
const err91 = {instancePath:instancePath+"/osBuild",schemaPath:"#/properties/osBuild/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4,5}\\.[0-9]{1,5}$"},message:"must match pattern \""+"^[0-9]{4,5}\\.[0-9]{1,5}$"+"\"",schema:"^[0-9]{4,5}\\.[0-9]{1,5}$",parentSchema:schema24.properties.osBuild,data:data40};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/osBuild",schemaPath:"#/properties/osBuild/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.osBuild.type,parentSchema:schema24.properties.osBuild,data:data40};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.image !== undefined){
let data41 = data.image;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key5 in data41){
if(!(((key5 === "evaluation") || (key5 === "generalized")) || (key5 === "skipRearm"))){
const err93 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data:data41};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data41.evaluation !== undefined){
let data42 = data41.evaluation;
if(typeof data42 !== "boolean"){
const err94 = {instancePath:instancePath+"/image/evaluation",schemaPath:"machine-facts.schema.json#/definitions/image/properties/evaluation/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.evaluation.type,parentSchema:schema28.properties.evaluation,data:data42};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data41.generalized !== undefined){
let data43 = data41.generalized;
if(typeof data43 !== "boolean"){
const err95 = {instancePath:instancePath+"/image/generalized",schemaPath:"machine-facts.schema.json#/definitions/image/properties/generalized/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.generalized.type,parentSchema:schema28.properties.generalized,data:data43};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data41.skipRearm !== undefined){
let data44 = data41.skipRearm;
if(typeof data44 !== "boolean"){
const err96 = {instancePath:instancePath+"/image/skipRearm",schemaPath:"machine-facts.schema.json#/definitions/image/properties/skipRearm/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.skipRearm.type,parentSchema:schema28.properties.skipRearm,data:data44};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data:data41};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.network !== undefined){
let data45 = data.network;
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
for(const key6 in data45){
if(!((((((key6 === "privateSubnet") || (key6 === "outbound")) || (key6 === "defaultRoute")) || (key6 === "firewallApplicationRules")) || (key6 === "firewallNetworkRules")) || (key6 === "dnsServers"))){
const err98 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema29,data:data45};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data45.privateSubnet !== undefined){
let data46 = data45.privateSubnet;
if(typeof data46 !== "boolean"){
const err99 = {instancePath:instancePath+"/network/privateSubnet",schemaPath:"machine-facts.schema.json#/definitions/network/properties/privateSubnet/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema29.properties.privateSubnet.type,parentSchema:schema29.properties.privateSubnet,data:data46};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data45.outbound !== undefined){
let data47 = data45.outbound;
if(!(((((data47 === "none") || (data47 === "natGateway")) || (data47 === "loadBalancer")) || (data47 === "firewall")) || (data47 === "publicAddress"))){
const err100 = {instancePath:instancePath+"/network/outbound",schemaPath:"machine-facts.schema.json#/definitions/network/properties/outbound/enum",keyword:"enum",params:{allowedValues: schema29.properties.outbound.enum},message:"must be equal to one of the allowed values",schema:schema29.properties.outbound.enum,parentSchema:schema29.properties.outbound,data:data47};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data45.defaultRoute !== undefined){
let data48 = data45.defaultRoute;
if(!(((((data48 === "Internet") || (data48 === "VirtualAppliance")) || (data48 === "VirtualNetworkGateway")) || (data48 === "VnetLocal")) || (data48 === "None"))){
const err101 = {instancePath:instancePath+"/network/defaultRoute",schemaPath:"machine-facts.schema.json#/definitions/network/properties/defaultRoute/enum",keyword:"enum",params:{allowedValues: schema29.properties.defaultRoute.enum},message:"must be equal to one of the allowed values",schema:schema29.properties.defaultRoute.enum,parentSchema:schema29.properties.defaultRoute,data:data48};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data45.firewallApplicationRules !== undefined){
let data49 = data45.firewallApplicationRules;
if(Array.isArray(data49)){
const len4 = data49.length;
for(let i5=0; i5<len4; i5++){
let data50 = data49[i5];
if(typeof data50 === "string"){
if(func3(data50) < 1){
const err102 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.firewallApplicationRules.items,data:data50};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
else {
const err103 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.firewallApplicationRules.items.type,parentSchema:schema29.properties.firewallApplicationRules.items,data:data50};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
}
else {
const err104 = {instancePath:instancePath+"/network/firewallApplicationRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.firewallApplicationRules.type,parentSchema:schema29.properties.firewallApplicationRules,data:data49};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data45.firewallNetworkRules !== undefined){
let data51 = data45.firewallNetworkRules;
if(Array.isArray(data51)){
const len5 = data51.length;
for(let i6=0; i6<len5; i6++){
let data52 = data51[i6];
if(typeof data52 === "string"){
if(func3(data52) < 1){
const err105 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i6,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.firewallNetworkRules.items,data:data52};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
else {
const err106 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i6,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.firewallNetworkRules.items.type,parentSchema:schema29.properties.firewallNetworkRules.items,data:data52};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
}
else {
const err107 = {instancePath:instancePath+"/network/firewallNetworkRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.firewallNetworkRules.type,parentSchema:schema29.properties.firewallNetworkRules,data:data51};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data45.dnsServers !== undefined){
let data53 = data45.dnsServers;
if(Array.isArray(data53)){
const len6 = data53.length;
for(let i7=0; i7<len6; i7++){
let data54 = data53[i7];
if(typeof data54 === "string"){
if(func3(data54) < 1){
const err108 = {instancePath:instancePath+"/network/dnsServers/" + i7,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema29.properties.dnsServers.items,data:data54};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/network/dnsServers/" + i7,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.properties.dnsServers.items.type,parentSchema:schema29.properties.dnsServers.items,data:data54};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
}
else {
const err110 = {instancePath:instancePath+"/network/dnsServers",schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema29.properties.dnsServers.type,parentSchema:schema29.properties.dnsServers,data:data53};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
else {
const err111 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema29.type,parentSchema:schema29,data:data45};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data.hostLimitException !== undefined){
let data55 = data.hostLimitException;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(data55.hosts === undefined){
const err112 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema24.properties.hostLimitException.required,parentSchema:schema24.properties.hostLimitException,data:data55};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(data55.reference === undefined){
const err113 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "reference"},message:"must have required property '"+"reference"+"'",schema:schema24.properties.hostLimitException.required,parentSchema:schema24.properties.hostLimitException,data:data55};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
for(const key7 in data55){
if(!((key7 === "hosts") || (key7 === "reference"))){
const err114 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema24.properties.hostLimitException,data:data55};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data55.hosts !== undefined){
let data56 = data55.hosts;
if(!(((typeof data56 == "number") && (!(data56 % 1) && !isNaN(data56))) && (isFinite(data56)))){
const err115 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.hostLimitException.properties.hosts.type,parentSchema:schema24.properties.hostLimitException.properties.hosts,data:data56};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if((typeof data56 == "number") && (isFinite(data56))){
if(data56 > 10000 || isNaN(data56)){
const err116 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema24.properties.hostLimitException.properties.hosts,data:data56};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if(data56 < 7 || isNaN(data56)){
const err117 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 7},message:"must be >= 7",schema:7,parentSchema:schema24.properties.hostLimitException.properties.hosts,data:data56};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
}
if(data55.reference !== undefined){
let data57 = data55.reference;
if(typeof data57 === "string"){
if(func3(data57) < 1){
const err118 = {instancePath:instancePath+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema24.properties.hostLimitException.properties.reference,data:data57};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.hostLimitException.properties.reference.type,parentSchema:schema24.properties.hostLimitException.properties.reference,data:data57};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
else {
const err120 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.properties.hostLimitException.type,parentSchema:schema24.properties.hostLimitException,data:data55};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data.strict !== undefined){
let data58 = data.strict;
if(typeof data58 !== "boolean"){
const err121 = {instancePath:instancePath+"/strict",schemaPath:"#/properties/strict/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.properties.strict.type,parentSchema:schema24.properties.strict,data:data58};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data.acknowledge !== undefined){
let data59 = data.acknowledge;
if(Array.isArray(data59)){
const len7 = data59.length;
for(let i8=0; i8<len7; i8++){
let data60 = data59[i8];
if(typeof data60 === "string"){
if(!pattern14.test(data60)){
const err122 = {instancePath:instancePath+"/acknowledge/" + i8,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/pattern",keyword:"pattern",params:{pattern: "^KMS[0-9]{4}$"},message:"must match pattern \""+"^KMS[0-9]{4}$"+"\"",schema:"^KMS[0-9]{4}$",parentSchema:schema30.items,data:data60};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
else {
const err123 = {instancePath:instancePath+"/acknowledge/" + i8,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.items.type,parentSchema:schema30.items,data:data60};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
}
else {
const err124 = {instancePath:instancePath+"/acknowledge",schemaPath:"machine-facts.schema.json#/definitions/acknowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema30.type,parentSchema:schema30,data:data59};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data.activation !== undefined){
let data61 = data.activation;
if(!(((data61 === "online") || (data61 === "offline")) || (data61 === "none"))){
const err125 = {instancePath:instancePath+"/activation",schemaPath:"#/properties/activation/enum",keyword:"enum",params:{allowedValues: schema24.properties.activation.enum},message:"must be equal to one of the allowed values",schema:schema24.properties.activation.enum,parentSchema:schema24.properties.activation,data:data61};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data.confirmationId !== undefined){
let data62 = data.confirmationId;
if(typeof data62 === "string"){
if(!pattern15.test(data62)){
const err126 = {instancePath:instancePath+"/confirmationId",schemaPath:"#/properties/confirmationId/pattern",keyword:"pattern",params:{pattern: "^([0-9]{6,7}-?){6,8}$"},message:"must match pattern \""+"^([0-9]{6,7}-?){6,8}$"+"\"",schema:"^([0-9]{6,7}-?){6,8}$",parentSchema:schema24.properties.confirmationId,data:data62};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
else {
const err127 = {instancePath:instancePath+"/confirmationId",schemaPath:"#/properties/confirmationId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.confirmationId.type,parentSchema:schema24.properties.confirmationId,data:data62};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

exports.machineFacts = validate13;
const schema27 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"machine-facts.schema.json","definitions":{"image":{"type":"object","additionalProperties":false,"properties":{"evaluation":{"type":"boolean","description":"true or false"},"generalized":{"type":"boolean","description":"true or false"},"skipRearm":{"type":"boolean","description":"true or false"}},"description":"what is known of an image"},"network":{"type":"object","additionalProperties":false,"properties":{"privateSubnet":{"type":"boolean","description":"true or false"},"outbound":{"enum":["none","natGateway","loadBalancer","firewall","publicAddress"],"description":"none, natGateway, loadBalancer, firewall or publicAddress"},"defaultRoute":{"enum":["Internet","VirtualAppliance","VirtualNetworkGateway","VnetLocal","None"],"description":"Internet, VirtualAppliance, VirtualNetworkGateway, VnetLocal or None"},"firewallApplicationRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"firewallNetworkRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"dnsServers":{"type":"array","items":{"type":"string","minLength":1,"description":"addresses"},"description":"a list of addresses"}},"description":"what is known of a network"},"acknowledge":{"type":"array","items":{"type":"string","pattern":"^KMS[0-9]{4}$","description":"a code, for example KMS2209"},"description":"a list of codes"}}};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="machine-facts.schema.json" */;
validate13.errors = null;
return true;
}

exports.windowsVm = validate11;

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="windows-vm.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.resourceGroupName === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.subnetId === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.adminPassword === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema12.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.resourceGroupName !== undefined){
let data0 = data.resourceGroupName;
if(typeof data0 === "string"){
if(func3(data0) > 90){
const err4 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema12.properties.resourceGroupName,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func3(data0) < 1){
const err5 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.resourceGroupName,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.resourceGroupName.type,parentSchema:schema12.properties.resourceGroupName,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.subnetId !== undefined){
let data1 = data.subnetId;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err7 = {instancePath:instancePath+"/subnetId",schemaPath:"#/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema12.properties.subnetId,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/subnetId",schemaPath:"#/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.subnetId.type,parentSchema:schema12.properties.subnetId,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.adminPassword !== undefined){
let data2 = data.adminPassword;
if(typeof data2 === "string"){
if(func3(data2) > 123){
const err9 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema12.properties.adminPassword,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func3(data2) < 12){
const err10 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema12.properties.adminPassword,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.adminPassword.type,parentSchema:schema12.properties.adminPassword,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.adminUsername !== undefined){
let data3 = data.adminUsername;
if(typeof data3 === "string"){
if(func3(data3) > 20){
const err12 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema12.properties.adminUsername,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(func3(data3) < 1){
const err13 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.adminUsername,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.adminUsername.type,parentSchema:schema12.properties.adminUsername,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.location !== undefined){
let data4 = data.location;
if(typeof data4 === "string"){
if(func3(data4) < 1){
const err15 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.location,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.location.type,parentSchema:schema12.properties.location,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.size !== undefined){
let data5 = data.size;
if(typeof data5 === "string"){
if(!pattern2.test(data5)){
const err17 = {instancePath:instancePath+"/size",schemaPath:"#/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema12.properties.size,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.size.type,parentSchema:schema12.properties.size,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.core !== undefined){
let data6 = data.core;
if(typeof data6 !== "boolean"){
const err19 = {instancePath:instancePath+"/core",schemaPath:"#/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.core.type,parentSchema:schema12.properties.core,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.osDiskType !== undefined){
let data7 = data.osDiskType;
if(!(((((data7 === "Standard_LRS") || (data7 === "StandardSSD_LRS")) || (data7 === "StandardSSD_ZRS")) || (data7 === "Premium_LRS")) || (data7 === "Premium_ZRS"))){
const err20 = {instancePath:instancePath+"/osDiskType",schemaPath:"#/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema12.properties.osDiskType.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.osDiskType.enum,parentSchema:schema12.properties.osDiskType,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.licenseType !== undefined){
let data8 = data.licenseType;
if(!(((data8 === "Windows_Server") || (data8 === "Windows_Client")) || (data8 === "None"))){
const err21 = {instancePath:instancePath+"/licenseType",schemaPath:"#/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema12.properties.licenseType.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.licenseType.enum,parentSchema:schema12.properties.licenseType,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.encryptionAtHost !== undefined){
let data9 = data.encryptionAtHost;
if(typeof data9 !== "boolean"){
const err22 = {instancePath:instancePath+"/encryptionAtHost",schemaPath:"#/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.encryptionAtHost.type,parentSchema:schema12.properties.encryptionAtHost,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.tags !== undefined){
let data10 = data.tags;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
let data11 = data10[key1];
if(typeof data11 !== "string"){
const err23 = {instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.tags.additionalProperties.type,parentSchema:schema12.properties.tags.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.tags.type,parentSchema:schema12.properties.tags,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

