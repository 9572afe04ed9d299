// Generated from provider/args/schema by scripts/generate-validators.mjs.
"use strict";
exports.dnsUpdate = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"dns-update.schema.json","type":"object","additionalProperties":false,"required":["zoneName","servers"],"properties":{"zoneName":{"type":"string","maxLength":241,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"},"servers":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"string","pattern":"^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","description":"an IPv4 address, a name, or an IPv6 address in brackets, with a port when it is not 53: 10.0.0.4, dc1.corp.example:5353, [::1]:53"},"description":"a list of at least one DNS server, each once"},"tsig":{"type":"object","additionalProperties":false,"required":["keyName","secret"],"properties":{"keyName":{"type":"string","maxLength":253,"pattern":"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$","description":"the name of a TSIG key, for example kms-update"},"algorithm":{"enum":["hmac-sha256","hmac-sha384","hmac-sha512"],"description":"hmac-sha256, hmac-sha384 or hmac-sha512"},"secret":{"type":"string","minLength":4,"pattern":"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$","description":"the secret of the key in base64, as in the server's key statement"}},"description":"{ keyName, algorithm, secret }"}},"description":"{ zoneName, servers, tsig }"};
const func2 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", "u");
const pattern1 = new RegExp("^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$", "u");
const pattern2 = new RegExp("^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$", "u");
const pattern3 = new RegExp("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="dns-update.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.zoneName === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "zoneName"},message:"must have required property '"+"zoneName"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.servers === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "servers"},message:"must have required property '"+"servers"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "zoneName") || (key0 === "servers")) || (key0 === "tsig"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.zoneName !== undefined){
let data0 = data.zoneName;
if(typeof data0 === "string"){
if(func2(data0) > 241){
const err3 = {instancePath:instancePath+"/zoneName",schemaPath:"#/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 241},message:"must NOT have more than 241 characters",schema:241,parentSchema:schema11.properties.zoneName,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!pattern0.test(data0)){
const err4 = {instancePath:instancePath+"/zoneName",schemaPath:"#/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema11.properties.zoneName,data:data0};
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
const err5 = {instancePath:instancePath+"/zoneName",schemaPath:"#/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.zoneName.type,parentSchema:schema11.properties.zoneName,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.servers !== undefined){
let data1 = data.servers;
if(Array.isArray(data1)){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/servers",schemaPath:"#/properties/servers/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.servers,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
const err7 = {instancePath:instancePath+"/servers/" + i0,schemaPath:"#/properties/servers/items/pattern",keyword:"pattern",params:{pattern: "^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},message:"must match pattern \""+"^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"+"\"",schema:"^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$",parentSchema:schema11.properties.servers.items,data:data2};
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
const err8 = {instancePath:instancePath+"/servers/" + i0,schemaPath:"#/properties/servers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.servers.items.type,parentSchema:schema11.properties.servers.items,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err9 = {instancePath:instancePath+"/servers",schemaPath:"#/properties/servers/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema11.properties.servers,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err10 = {instancePath:instancePath+"/servers",schemaPath:"#/properties/servers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.servers.type,parentSchema:schema11.properties.servers,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.tsig !== undefined){
let data3 = data.tsig;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.keyName === undefined){
const err11 = {instancePath:instancePath+"/tsig",schemaPath:"#/properties/tsig/required",keyword:"required",params:{missingProperty: "keyName"},message:"must have required property '"+"keyName"+"'",schema:schema11.properties.tsig.required,parentSchema:schema11.properties.tsig,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3.secret === undefined){
const err12 = {instancePath:instancePath+"/tsig",schemaPath:"#/properties/tsig/required",keyword:"required",params:{missingProperty: "secret"},message:"must have required property '"+"secret"+"'",schema:schema11.properties.tsig.required,parentSchema:schema11.properties.tsig,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key1 in data3){
if(!(((key1 === "keyName") || (key1 === "algorithm")) || (key1 === "secret"))){
const err13 = {instancePath:instancePath+"/tsig",schemaPath:"#/properties/tsig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.tsig,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.keyName !== undefined){
let data4 = data3.keyName;
if(typeof data4 === "string"){
if(func2(data4) > 253){
const err14 = {instancePath:instancePath+"/tsig/keyName",schemaPath:"#/properties/tsig/properties/keyName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema11.properties.tsig.properties.keyName,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!pattern2.test(data4)){
const err15 = {instancePath:instancePath+"/tsig/keyName",schemaPath:"#/properties/tsig/properties/keyName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$"},message:"must match pattern \""+"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$"+"\"",schema:"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$",parentSchema:schema11.properties.tsig.properties.keyName,data:data4};
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
const err16 = {instancePath:instancePath+"/tsig/keyName",schemaPath:"#/properties/tsig/properties/keyName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tsig.properties.keyName.type,parentSchema:schema11.properties.tsig.properties.keyName,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data3.algorithm !== undefined){
let data5 = data3.algorithm;
if(!(((data5 === "hmac-sha256") || (data5 === "hmac-sha384")) || (data5 === "hmac-sha512"))){
const err17 = {instancePath:instancePath+"/tsig/algorithm",schemaPath:"#/properties/tsig/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema11.properties.tsig.properties.algorithm.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.tsig.properties.algorithm.enum,parentSchema:schema11.properties.tsig.properties.algorithm,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data3.secret !== undefined){
let data6 = data3.secret;
if(typeof data6 === "string"){
if(func2(data6) < 4){
const err18 = {instancePath:instancePath+"/tsig/secret",schemaPath:"#/properties/tsig/properties/secret/minLength",keyword:"minLength",params:{limit: 4},message:"must NOT have fewer than 4 characters",schema:4,parentSchema:schema11.properties.tsig.properties.secret,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(!pattern3.test(data6)){
const err19 = {instancePath:instancePath+"/tsig/secret",schemaPath:"#/properties/tsig/properties/secret/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},message:"must match pattern \""+"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"+"\"",schema:"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",parentSchema:schema11.properties.tsig.properties.secret,data:data6};
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
const err20 = {instancePath:instancePath+"/tsig/secret",schemaPath:"#/properties/tsig/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tsig.properties.secret.type,parentSchema:schema11.properties.tsig.properties.secret,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/tsig",schemaPath:"#/properties/tsig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.tsig.type,parentSchema:schema11.properties.tsig,data:data3};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

exports.kmsClientGroupArgs = validate11;
const schema12 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"kms-client-group-args.schema.json","type":"object","additionalProperties":false,"required":["os","edition"],"properties":{"hosts":{"type":"array","minItems":1,"items":{"type":"object","description":"a KMSHost"},"description":"a list of at least one KMSHost"},"azureKms":{"type":"boolean","description":"true or false"},"azureKmsRoutes":{"type":"object","additionalProperties":false,"required":["resourceGroupName","routeTableName"],"description":"a route table","properties":{"resourceGroupName":{"$ref":"windows-vm.schema.json#/properties/resourceGroupName"},"routeTableName":{"type":"string","pattern":"^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$","description":"a name of 1 to 80 letters, digits, underscores, periods and hyphens, a letter or digit first"}}},"os":{"type":"string","minLength":1,"description":"an operating system, a value of OperatingSystem"},"edition":{"type":"string","minLength":1,"description":"an edition of the operating system, or of Office"},"office":{"type":"string","minLength":1,"description":"an Office version, for example LTSC 2024"},"vms":{"type":"object","additionalProperties":false,"required":["resourceGroupName","subnetId","adminPassword","count"],"properties":{"count":{"type":"integer","minimum":1,"maximum":1000,"description":"a whole number from 1 to 1000"},"computerNamePrefix":{"type":"string","pattern":"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$","description":"1 to 10 letters, digits and hyphens, a letter first"},"resourceGroupName":{"$ref":"windows-vm.schema.json#/properties/resourceGroupName"},"subnetId":{"$ref":"windows-vm.schema.json#/properties/subnetId"},"adminPassword":{"$ref":"windows-vm.schema.json#/properties/adminPassword"},"adminUsername":{"$ref":"windows-vm.schema.json#/properties/adminUsername"},"location":{"$ref":"windows-vm.schema.json#/properties/location"},"size":{"$ref":"windows-vm.schema.json#/properties/size"},"core":{"$ref":"windows-vm.schema.json#/properties/core"},"osDiskType":{"$ref":"windows-vm.schema.json#/properties/osDiskType"},"licenseType":{"$ref":"windows-vm.schema.json#/properties/licenseType"},"encryptionAtHost":{"$ref":"windows-vm.schema.json#/properties/encryptionAtHost"},"tags":{"$ref":"windows-vm.schema.json#/properties/tags"}}},"azureVmIds":{"type":"array","minItems":1,"items":{"$ref":"kms-host-args.schema.json#/properties/azureVmId"},"description":"a list of at least one virtual machine"},"ssh":{"type":"array","minItems":1,"items":{"$ref":"ssh.schema.json"},"description":"a list of at least one machine"},"scaleSet":{"type":"object","additionalProperties":false,"required":["resourceGroupName","subnetId","adminPassword","capacity"],"properties":{"capacity":{"type":"integer","minimum":0,"maximum":1000,"description":"a whole number from 0 to 1000"},"orchestrationMode":{"enum":["Flexible","Uniform"],"description":"Flexible or Uniform"},"name":{"type":"string","pattern":"^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$","description":"1 to 64 letters, digits, underscores, periods and hyphens"},"computerNamePrefix":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9-]{0,8}$","description":"1 to 9 letters, digits and hyphens, a letter first"},"resourceGroupName":{"$ref":"windows-vm.schema.json#/properties/resourceGroupName"},"subnetId":{"$ref":"windows-vm.schema.json#/properties/subnetId"},"adminPassword":{"$ref":"windows-vm.schema.json#/properties/adminPassword"},"adminUsername":{"$ref":"windows-vm.schema.json#/properties/adminUsername"},"location":{"$ref":"windows-vm.schema.json#/properties/location"},"size":{"$ref":"windows-vm.schema.json#/properties/size"},"core":{"$ref":"windows-vm.schema.json#/properties/core"},"osDiskType":{"$ref":"windows-vm.schema.json#/properties/osDiskType"},"licenseType":{"$ref":"windows-vm.schema.json#/properties/licenseType"},"encryptionAtHost":{"$ref":"windows-vm.schema.json#/properties/encryptionAtHost"},"tags":{"$ref":"windows-vm.schema.json#/properties/tags"}}},"scaleSetId":{"type":"string","pattern":"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/virtualMachineScaleSets/[^/]+$","description":"the Azure resource ID of a virtual machine scale set: /subscriptions/…/virtualMachineScaleSets/NAME"},"autoscaled":{"type":"boolean","description":"true or false"},"discovery":{"enum":["dns","host"],"description":"dns or host"},"lookupDomain":{"$ref":"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName"},"productKey":{"type":"string","minLength":1,"description":"a KMS client setup key"},"rollout":{"type":"object","additionalProperties":false,"properties":{"canary":{"type":"integer","minimum":0,"maximum":1000,"description":"a whole number from 0 to 1000"},"batchSize":{"type":"integer","minimum":1,"maximum":10000,"description":"a whole number from 1 to 10000"},"maxConcurrent":{"type":"integer","minimum":1,"maximum":500,"description":"a whole number from 1 to 500"},"maxFailures":{"type":"integer","minimum":0,"maximum":10000,"description":"a whole number from 0 to 10000"},"pauseSecondsBetweenBatches":{"type":"integer","minimum":0,"maximum":86400,"description":"a whole number of seconds from 0 to 86400"},"deadlineMinutes":{"type":"integer","minimum":5,"maximum":1440,"description":"a whole number of minutes from 5 to 1440"}}},"onRemove":{"enum":["leave","clearKmsHost"],"description":"leave or clearKmsHost"},"convertFrom":{"enum":["kmsHost","mak","retail"],"description":"kmsHost, mak or retail"},"acceptUnlisted":{"type":"boolean","description":"true or false"},"domainJoined":{"type":"boolean","description":"true or false"},"dnsSuffix":{"type":"string","maxLength":253,"description":"a DNS suffix, or \"\" for none"},"image":{"$ref":"machine-facts.schema.json#/definitions/image"},"network":{"$ref":"machine-facts.schema.json#/definitions/network"},"hypervisor":{"type":"string","minLength":1,"description":"what the members run on"},"domainController":{"type":"boolean","description":"true or false"},"offlineDays":{"type":"integer","minimum":0,"maximum":3650,"description":"a whole number of days from 0 to 3650"},"strict":{"type":"boolean","description":"true or false"},"acknowledge":{"$ref":"machine-facts.schema.json#/definitions/acknowledge"}}};
const schema14 = {"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"};
const schema16 = {"type":"string","pattern":"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$","description":"the Azure resource ID of a subnet: /subscriptions/…/virtualNetworks/NAME/subnets/NAME"};
const schema17 = {"type":"string","minLength":12,"maxLength":123,"description":"12 to 123 characters"};
const schema18 = {"type":"string","minLength":1,"maxLength":20,"description":"1 to 20 characters"};
const schema19 = {"type":"string","minLength":1,"description":"the name of an Azure region, for example westeurope"};
const schema20 = {"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]*$","description":"an Azure virtual machine size, for example Standard_B2as_v2"};
const schema21 = {"type":"boolean","description":"true or false"};
const schema22 = {"enum":["Standard_LRS","StandardSSD_LRS","StandardSSD_ZRS","Premium_LRS","Premium_ZRS"],"description":"Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS or Premium_ZRS"};
const schema23 = {"enum":["Windows_Server","Windows_Client","None"],"description":"Windows_Server, Windows_Client or None"};
const schema24 = {"type":"boolean","description":"true or false"};
const schema25 = {"type":"object","additionalProperties":{"type":"string","description":"a text"},"description":"tag names with their values"};
const schema50 = {"type":"string","pattern":"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$","description":"the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME"};
const schema62 = {"type":"string","maxLength":241,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"};
const schema42 = {"type":"object","additionalProperties":false,"properties":{"evaluation":{"type":"boolean","description":"true or false"},"generalized":{"type":"boolean","description":"true or false"},"skipRearm":{"type":"boolean","description":"true or false"}},"description":"what is known of an image"};
const schema43 = {"type":"object","additionalProperties":false,"properties":{"privateSubnet":{"type":"boolean","description":"true or false"},"outbound":{"enum":["none","natGateway","loadBalancer","firewall","publicAddress"],"description":"none, natGateway, loadBalancer, firewall or publicAddress"},"defaultRoute":{"enum":["Internet","VirtualAppliance","VirtualNetworkGateway","VnetLocal","None"],"description":"Internet, VirtualAppliance, VirtualNetworkGateway, VnetLocal or None"},"firewallApplicationRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"firewallNetworkRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"dnsServers":{"type":"array","items":{"type":"string","minLength":1,"description":"addresses"},"description":"a list of addresses"}},"description":"what is known of a network"};
const schema44 = {"type":"array","items":{"type":"string","pattern":"^KMS[0-9]{4}$","description":"a code, for example KMS2209"},"description":"a list of codes"};
const func5 = Object.prototype.hasOwnProperty;
const pattern6 = new RegExp("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$", "u");
const pattern7 = new RegExp("^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$", "u");
const pattern4 = new RegExp("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", "u");
const pattern5 = new RegExp("^[A-Za-z][A-Za-z0-9_]*$", "u");
const pattern12 = new RegExp("^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$", "u");
const pattern32 = new RegExp("^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$", "u");
const pattern33 = new RegExp("^[A-Za-z][A-Za-z0-9-]{0,8}$", "u");
const pattern36 = new RegExp("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/virtualMachineScaleSets/[^/]+$", "u");
const pattern27 = new RegExp("^KMS[0-9]{4}$", "u");
const schema28 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"ssh.schema.json","type":"object","additionalProperties":false,"required":["host","user","hostKeyFingerprint"],"properties":{"host":{"$ref":"#/definitions/server/properties/host"},"port":{"$ref":"#/definitions/server/properties/port"},"user":{"$ref":"#/definitions/server/properties/user"},"password":{"$ref":"#/definitions/server/properties/password"},"privateKey":{"$ref":"#/definitions/server/properties/privateKey"},"passphrase":{"$ref":"#/definitions/server/properties/passphrase"},"agent":{"$ref":"#/definitions/server/properties/agent"},"hostKeyFingerprint":{"$ref":"#/definitions/server/properties/hostKeyFingerprint"},"keepAliveSeconds":{"$ref":"#/definitions/server/properties/keepAliveSeconds"},"jump":{"$ref":"#/definitions/server"}},"definitions":{"server":{"type":"object","additionalProperties":false,"required":["host","user","hostKeyFingerprint"],"properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9_.:%-]{1,253}$","description":"a host name or an address"},"port":{"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"},"user":{"type":"string","minLength":1,"description":"the name of a user"},"password":{"type":"string","minLength":1,"description":"a password"},"privateKey":{"type":"string","minLength":1,"description":"a private key in OpenSSH, PEM or PPK format"},"passphrase":{"type":"string","minLength":1,"description":"the passphrase of the private key"},"agent":{"type":"boolean","description":"true or false"},"hostKeyFingerprint":{"type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{43}=?$","description":"SHA256: and 43 characters, as `ssh-keygen -lf` shows it"},"keepAliveSeconds":{"type":"integer","minimum":1,"maximum":600,"description":"a whole number of seconds from 1 to 600"}}}}};
const schema29 = {"type":"string","pattern":"^[A-Za-z0-9_.:%-]{1,253}$","description":"a host name or an address"};
const schema30 = {"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"};
const schema31 = {"type":"string","minLength":1,"description":"the name of a user"};
const schema32 = {"type":"string","minLength":1,"description":"a password"};
const schema33 = {"type":"string","minLength":1,"description":"a private key in OpenSSH, PEM or PPK format"};
const schema34 = {"type":"string","minLength":1,"description":"the passphrase of the private key"};
const schema35 = {"type":"boolean","description":"true or false"};
const schema36 = {"type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{43}=?$","description":"SHA256: and 43 characters, as `ssh-keygen -lf` shows it"};
const schema37 = {"type":"integer","minimum":1,"maximum":600,"description":"a whole number of seconds from 1 to 600"};
const schema38 = {"type":"object","additionalProperties":false,"required":["host","user","hostKeyFingerprint"],"properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9_.:%-]{1,253}$","description":"a host name or an address"},"port":{"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"},"user":{"type":"string","minLength":1,"description":"the name of a user"},"password":{"type":"string","minLength":1,"description":"a password"},"privateKey":{"type":"string","minLength":1,"description":"a private key in OpenSSH, PEM or PPK format"},"passphrase":{"type":"string","minLength":1,"description":"the passphrase of the private key"},"agent":{"type":"boolean","description":"true or false"},"hostKeyFingerprint":{"type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{43}=?$","description":"SHA256: and 43 characters, as `ssh-keygen -lf` shows it"},"keepAliveSeconds":{"type":"integer","minimum":1,"maximum":600,"description":"a whole number of seconds from 1 to 600"}}};
const pattern13 = new RegExp("^[A-Za-z0-9_.:%-]{1,253}$", "u");
const pattern14 = new RegExp("^SHA256:[A-Za-z0-9+/]{43}=?$", "u");

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ssh.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.host === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.user === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "user"},message:"must have required property '"+"user"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.hostKeyFingerprint === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hostKeyFingerprint"},message:"must have required property '"+"hostKeyFingerprint"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func5.call(schema28.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.host !== undefined){
let data0 = data.host;
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
const err4 = {instancePath:instancePath+"/host",schemaPath:"#/definitions/server/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_.:%-]{1,253}$"},message:"must match pattern \""+"^[A-Za-z0-9_.:%-]{1,253}$"+"\"",schema:"^[A-Za-z0-9_.:%-]{1,253}$",parentSchema:schema29,data:data0};
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
const err5 = {instancePath:instancePath+"/host",schemaPath:"#/definitions/server/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.port !== undefined){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err6 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/server/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema30.type,parentSchema:schema30,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/server/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema30,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err8 = {instancePath:instancePath+"/port",schemaPath:"#/definitions/server/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema30,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.user !== undefined){
let data2 = data.user;
if(typeof data2 === "string"){
if(func2(data2) < 1){
const err9 = {instancePath:instancePath+"/user",schemaPath:"#/definitions/server/properties/user/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31,data:data2};
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
const err10 = {instancePath:instancePath+"/user",schemaPath:"#/definitions/server/properties/user/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.type,parentSchema:schema31,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.password !== undefined){
let data3 = data.password;
if(typeof data3 === "string"){
if(func2(data3) < 1){
const err11 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/server/properties/password/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/password",schemaPath:"#/definitions/server/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.type,parentSchema:schema32,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.privateKey !== undefined){
let data4 = data.privateKey;
if(typeof data4 === "string"){
if(func2(data4) < 1){
const err13 = {instancePath:instancePath+"/privateKey",schemaPath:"#/definitions/server/properties/privateKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33,data:data4};
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
const err14 = {instancePath:instancePath+"/privateKey",schemaPath:"#/definitions/server/properties/privateKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.passphrase !== undefined){
let data5 = data.passphrase;
if(typeof data5 === "string"){
if(func2(data5) < 1){
const err15 = {instancePath:instancePath+"/passphrase",schemaPath:"#/definitions/server/properties/passphrase/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34,data:data5};
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
const err16 = {instancePath:instancePath+"/passphrase",schemaPath:"#/definitions/server/properties/passphrase/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.agent !== undefined){
let data6 = data.agent;
if(typeof data6 !== "boolean"){
const err17 = {instancePath:instancePath+"/agent",schemaPath:"#/definitions/server/properties/agent/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema35.type,parentSchema:schema35,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.hostKeyFingerprint !== undefined){
let data7 = data.hostKeyFingerprint;
if(typeof data7 === "string"){
if(!pattern14.test(data7)){
const err18 = {instancePath:instancePath+"/hostKeyFingerprint",schemaPath:"#/definitions/server/properties/hostKeyFingerprint/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{43}=?$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{43}=?$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{43}=?$",parentSchema:schema36,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/hostKeyFingerprint",schemaPath:"#/definitions/server/properties/hostKeyFingerprint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.keepAliveSeconds !== undefined){
let data8 = data.keepAliveSeconds;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err20 = {instancePath:instancePath+"/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.type,parentSchema:schema37,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 600 || isNaN(data8)){
const err21 = {instancePath:instancePath+"/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600},message:"must be <= 600",schema:600,parentSchema:schema37,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data8 < 1 || isNaN(data8)){
const err22 = {instancePath:instancePath+"/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema37,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data.jump !== undefined){
let data9 = data.jump;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.host === undefined){
const err23 = {instancePath:instancePath+"/jump",schemaPath:"#/definitions/server/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema38.required,parentSchema:schema38,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9.user === undefined){
const err24 = {instancePath:instancePath+"/jump",schemaPath:"#/definitions/server/required",keyword:"required",params:{missingProperty: "user"},message:"must have required property '"+"user"+"'",schema:schema38.required,parentSchema:schema38,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data9.hostKeyFingerprint === undefined){
const err25 = {instancePath:instancePath+"/jump",schemaPath:"#/definitions/server/required",keyword:"required",params:{missingProperty: "hostKeyFingerprint"},message:"must have required property '"+"hostKeyFingerprint"+"'",schema:schema38.required,parentSchema:schema38,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key1 in data9){
if(!(func5.call(schema38.properties, key1))){
const err26 = {instancePath:instancePath+"/jump",schemaPath:"#/definitions/server/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.host !== undefined){
let data10 = data9.host;
if(typeof data10 === "string"){
if(!pattern13.test(data10)){
const err27 = {instancePath:instancePath+"/jump/host",schemaPath:"#/definitions/server/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_.:%-]{1,253}$"},message:"must match pattern \""+"^[A-Za-z0-9_.:%-]{1,253}$"+"\"",schema:"^[A-Za-z0-9_.:%-]{1,253}$",parentSchema:schema38.properties.host,data:data10};
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
const err28 = {instancePath:instancePath+"/jump/host",schemaPath:"#/definitions/server/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.host.type,parentSchema:schema38.properties.host,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data9.port !== undefined){
let data11 = data9.port;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err29 = {instancePath:instancePath+"/jump/port",schemaPath:"#/definitions/server/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.port.type,parentSchema:schema38.properties.port,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 65535 || isNaN(data11)){
const err30 = {instancePath:instancePath+"/jump/port",schemaPath:"#/definitions/server/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema38.properties.port,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data11 < 1 || isNaN(data11)){
const err31 = {instancePath:instancePath+"/jump/port",schemaPath:"#/definitions/server/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema38.properties.port,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data9.user !== undefined){
let data12 = data9.user;
if(typeof data12 === "string"){
if(func2(data12) < 1){
const err32 = {instancePath:instancePath+"/jump/user",schemaPath:"#/definitions/server/properties/user/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.user,data:data12};
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
const err33 = {instancePath:instancePath+"/jump/user",schemaPath:"#/definitions/server/properties/user/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.user.type,parentSchema:schema38.properties.user,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data9.password !== undefined){
let data13 = data9.password;
if(typeof data13 === "string"){
if(func2(data13) < 1){
const err34 = {instancePath:instancePath+"/jump/password",schemaPath:"#/definitions/server/properties/password/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.password,data:data13};
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
const err35 = {instancePath:instancePath+"/jump/password",schemaPath:"#/definitions/server/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.password.type,parentSchema:schema38.properties.password,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data9.privateKey !== undefined){
let data14 = data9.privateKey;
if(typeof data14 === "string"){
if(func2(data14) < 1){
const err36 = {instancePath:instancePath+"/jump/privateKey",schemaPath:"#/definitions/server/properties/privateKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.privateKey,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/jump/privateKey",schemaPath:"#/definitions/server/properties/privateKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.privateKey.type,parentSchema:schema38.properties.privateKey,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data9.passphrase !== undefined){
let data15 = data9.passphrase;
if(typeof data15 === "string"){
if(func2(data15) < 1){
const err38 = {instancePath:instancePath+"/jump/passphrase",schemaPath:"#/definitions/server/properties/passphrase/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.passphrase,data:data15};
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
const err39 = {instancePath:instancePath+"/jump/passphrase",schemaPath:"#/definitions/server/properties/passphrase/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.passphrase.type,parentSchema:schema38.properties.passphrase,data:data15};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data9.agent !== undefined){
let data16 = data9.agent;
if(typeof data16 !== "boolean"){
const err40 = {instancePath:instancePath+"/jump/agent",schemaPath:"#/definitions/server/properties/agent/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.agent.type,parentSchema:schema38.properties.agent,data:data16};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data9.hostKeyFingerprint !== undefined){
let data17 = data9.hostKeyFingerprint;
if(typeof data17 === "string"){
if(!pattern14.test(data17)){
const err41 = {instancePath:instancePath+"/jump/hostKeyFingerprint",schemaPath:"#/definitions/server/properties/hostKeyFingerprint/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{43}=?$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{43}=?$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{43}=?$",parentSchema:schema38.properties.hostKeyFingerprint,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/jump/hostKeyFingerprint",schemaPath:"#/definitions/server/properties/hostKeyFingerprint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.hostKeyFingerprint.type,parentSchema:schema38.properties.hostKeyFingerprint,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data9.keepAliveSeconds !== undefined){
let data18 = data9.keepAliveSeconds;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err43 = {instancePath:instancePath+"/jump/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.keepAliveSeconds.type,parentSchema:schema38.properties.keepAliveSeconds,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 600 || isNaN(data18)){
const err44 = {instancePath:instancePath+"/jump/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600},message:"must be <= 600",schema:600,parentSchema:schema38.properties.keepAliveSeconds,data:data18};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data18 < 1 || isNaN(data18)){
const err45 = {instancePath:instancePath+"/jump/keepAliveSeconds",schemaPath:"#/definitions/server/properties/keepAliveSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema38.properties.keepAliveSeconds,data:data18};
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
}
else {
const err46 = {instancePath:instancePath+"/jump",schemaPath:"#/definitions/server/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data:data9};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
validate14.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="kms-client-group-args.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.os === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "os"},message:"must have required property '"+"os"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.edition === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "edition"},message:"must have required property '"+"edition"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func5.call(schema12.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.hosts !== undefined){
let data0 = data.hosts;
if(Array.isArray(data0)){
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema12.properties.hosts,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err4 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.hosts.items.type,parentSchema:schema12.properties.hosts.items,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.hosts.type,parentSchema:schema12.properties.hosts,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.azureKms !== undefined){
let data2 = data.azureKms;
if(typeof data2 !== "boolean"){
const err6 = {instancePath:instancePath+"/azureKms",schemaPath:"#/properties/azureKms/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.azureKms.type,parentSchema:schema12.properties.azureKms,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.azureKmsRoutes !== undefined){
let data3 = data.azureKmsRoutes;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.resourceGroupName === undefined){
const err7 = {instancePath:instancePath+"/azureKmsRoutes",schemaPath:"#/properties/azureKmsRoutes/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema12.properties.azureKmsRoutes.required,parentSchema:schema12.properties.azureKmsRoutes,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.routeTableName === undefined){
const err8 = {instancePath:instancePath+"/azureKmsRoutes",schemaPath:"#/properties/azureKmsRoutes/required",keyword:"required",params:{missingProperty: "routeTableName"},message:"must have required property '"+"routeTableName"+"'",schema:schema12.properties.azureKmsRoutes.required,parentSchema:schema12.properties.azureKmsRoutes,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data3){
if(!((key1 === "resourceGroupName") || (key1 === "routeTableName"))){
const err9 = {instancePath:instancePath+"/azureKmsRoutes",schemaPath:"#/properties/azureKmsRoutes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.azureKmsRoutes,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.resourceGroupName !== undefined){
let data4 = data3.resourceGroupName;
if(typeof data4 === "string"){
if(func2(data4) > 90){
const err10 = {instancePath:instancePath+"/azureKmsRoutes/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(func2(data4) < 1){
const err11 = {instancePath:instancePath+"/azureKmsRoutes/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/azureKmsRoutes/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data3.routeTableName !== undefined){
let data5 = data3.routeTableName;
if(typeof data5 === "string"){
if(!pattern6.test(data5)){
const err13 = {instancePath:instancePath+"/azureKmsRoutes/routeTableName",schemaPath:"#/properties/azureKmsRoutes/properties/routeTableName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$"+"\"",schema:"^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$",parentSchema:schema12.properties.azureKmsRoutes.properties.routeTableName,data:data5};
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
const err14 = {instancePath:instancePath+"/azureKmsRoutes/routeTableName",schemaPath:"#/properties/azureKmsRoutes/properties/routeTableName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.azureKmsRoutes.properties.routeTableName.type,parentSchema:schema12.properties.azureKmsRoutes.properties.routeTableName,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/azureKmsRoutes",schemaPath:"#/properties/azureKmsRoutes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.azureKmsRoutes.type,parentSchema:schema12.properties.azureKmsRoutes,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.os !== undefined){
let data6 = data.os;
if(typeof data6 === "string"){
if(func2(data6) < 1){
const err16 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.os,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.os.type,parentSchema:schema12.properties.os,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.edition !== undefined){
let data7 = data.edition;
if(typeof data7 === "string"){
if(func2(data7) < 1){
const err18 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.edition,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.edition.type,parentSchema:schema12.properties.edition,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.office !== undefined){
let data8 = data.office;
if(typeof data8 === "string"){
if(func2(data8) < 1){
const err20 = {instancePath:instancePath+"/office",schemaPath:"#/properties/office/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.office,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/office",schemaPath:"#/properties/office/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.office.type,parentSchema:schema12.properties.office,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.vms !== undefined){
let data9 = data.vms;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.resourceGroupName === undefined){
const err22 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema12.properties.vms.required,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data9.subnetId === undefined){
const err23 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema12.properties.vms.required,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9.adminPassword === undefined){
const err24 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema12.properties.vms.required,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data9.count === undefined){
const err25 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/required",keyword:"required",params:{missingProperty: "count"},message:"must have required property '"+"count"+"'",schema:schema12.properties.vms.required,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key2 in data9){
if(!(func5.call(schema12.properties.vms.properties, key2))){
const err26 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.count !== undefined){
let data10 = data9.count;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err27 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.vms.properties.count.type,parentSchema:schema12.properties.vms.properties.count,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000 || isNaN(data10)){
const err28 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema12.properties.vms.properties.count,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err29 = {instancePath:instancePath+"/vms/count",schemaPath:"#/properties/vms/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema12.properties.vms.properties.count,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data9.computerNamePrefix !== undefined){
let data11 = data9.computerNamePrefix;
if(typeof data11 === "string"){
if(!pattern7.test(data11)){
const err30 = {instancePath:instancePath+"/vms/computerNamePrefix",schemaPath:"#/properties/vms/properties/computerNamePrefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$",parentSchema:schema12.properties.vms.properties.computerNamePrefix,data:data11};
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
const err31 = {instancePath:instancePath+"/vms/computerNamePrefix",schemaPath:"#/properties/vms/properties/computerNamePrefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.vms.properties.computerNamePrefix.type,parentSchema:schema12.properties.vms.properties.computerNamePrefix,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data9.resourceGroupName !== undefined){
let data12 = data9.resourceGroupName;
if(typeof data12 === "string"){
if(func2(data12) > 90){
const err32 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema14,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(func2(data12) < 1){
const err33 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema14,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/vms/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data9.subnetId !== undefined){
let data13 = data9.subnetId;
if(typeof data13 === "string"){
if(!pattern4.test(data13)){
const err35 = {instancePath:instancePath+"/vms/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema16,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/vms/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.type,parentSchema:schema16,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data9.adminPassword !== undefined){
let data14 = data9.adminPassword;
if(typeof data14 === "string"){
if(func2(data14) > 123){
const err37 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema17,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(func2(data14) < 12){
const err38 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema17,data:data14};
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
const err39 = {instancePath:instancePath+"/vms/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.type,parentSchema:schema17,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data9.adminUsername !== undefined){
let data15 = data9.adminUsername;
if(typeof data15 === "string"){
if(func2(data15) > 20){
const err40 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema18,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(func2(data15) < 1){
const err41 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema18,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/vms/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.type,parentSchema:schema18,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data9.location !== undefined){
let data16 = data9.location;
if(typeof data16 === "string"){
if(func2(data16) < 1){
const err43 = {instancePath:instancePath+"/vms/location",schemaPath:"windows-vm.schema.json#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema19,data:data16};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/vms/location",schemaPath:"windows-vm.schema.json#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data9.size !== undefined){
let data17 = data9.size;
if(typeof data17 === "string"){
if(!pattern5.test(data17)){
const err45 = {instancePath:instancePath+"/vms/size",schemaPath:"windows-vm.schema.json#/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema20,data:data17};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/vms/size",schemaPath:"windows-vm.schema.json#/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.type,parentSchema:schema20,data:data17};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data9.core !== undefined){
let data18 = data9.core;
if(typeof data18 !== "boolean"){
const err47 = {instancePath:instancePath+"/vms/core",schemaPath:"windows-vm.schema.json#/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.type,parentSchema:schema21,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data9.osDiskType !== undefined){
let data19 = data9.osDiskType;
if(!(((((data19 === "Standard_LRS") || (data19 === "StandardSSD_LRS")) || (data19 === "StandardSSD_ZRS")) || (data19 === "Premium_LRS")) || (data19 === "Premium_ZRS"))){
const err48 = {instancePath:instancePath+"/vms/osDiskType",schemaPath:"windows-vm.schema.json#/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema22.enum},message:"must be equal to one of the allowed values",schema:schema22.enum,parentSchema:schema22,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data9.licenseType !== undefined){
let data20 = data9.licenseType;
if(!(((data20 === "Windows_Server") || (data20 === "Windows_Client")) || (data20 === "None"))){
const err49 = {instancePath:instancePath+"/vms/licenseType",schemaPath:"windows-vm.schema.json#/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values",schema:schema23.enum,parentSchema:schema23,data:data20};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data9.encryptionAtHost !== undefined){
let data21 = data9.encryptionAtHost;
if(typeof data21 !== "boolean"){
const err50 = {instancePath:instancePath+"/vms/encryptionAtHost",schemaPath:"windows-vm.schema.json#/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.type,parentSchema:schema24,data:data21};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data9.tags !== undefined){
let data22 = data9.tags;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key3 in data22){
let data23 = data22[key3];
if(typeof data23 !== "string"){
const err51 = {instancePath:instancePath+"/vms/tags/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"windows-vm.schema.json#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.additionalProperties.type,parentSchema:schema25.additionalProperties,data:data23};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/vms/tags",schemaPath:"windows-vm.schema.json#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data:data22};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/vms",schemaPath:"#/properties/vms/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.vms.type,parentSchema:schema12.properties.vms,data:data9};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.azureVmIds !== undefined){
let data24 = data.azureVmIds;
if(Array.isArray(data24)){
if(data24.length < 1){
const err54 = {instancePath:instancePath+"/azureVmIds",schemaPath:"#/properties/azureVmIds/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema12.properties.azureVmIds,data:data24};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
const len1 = data24.length;
for(let i1=0; i1<len1; i1++){
let data25 = data24[i1];
if(typeof data25 === "string"){
if(!pattern12.test(data25)){
const err55 = {instancePath:instancePath+"/azureVmIds/" + i1,schemaPath:"kms-host-args.schema.json#/properties/azureVmId/pattern",keyword:"pattern",params:{pattern: "^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"},message:"must match pattern \""+"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"+"\"",schema:"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$",parentSchema:schema50,data:data25};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/azureVmIds/" + i1,schemaPath:"kms-host-args.schema.json#/properties/azureVmId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.type,parentSchema:schema50,data:data25};
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
else {
const err57 = {instancePath:instancePath+"/azureVmIds",schemaPath:"#/properties/azureVmIds/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.azureVmIds.type,parentSchema:schema12.properties.azureVmIds,data:data24};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.ssh !== undefined){
let data26 = data.ssh;
if(Array.isArray(data26)){
if(data26.length < 1){
const err58 = {instancePath:instancePath+"/ssh",schemaPath:"#/properties/ssh/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema12.properties.ssh,data:data26};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
const len2 = data26.length;
for(let i2=0; i2<len2; i2++){
if(!(validate14(data26[i2], {instancePath:instancePath+"/ssh/" + i2,parentData:data26,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
}
else {
const err59 = {instancePath:instancePath+"/ssh",schemaPath:"#/properties/ssh/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema12.properties.ssh.type,parentSchema:schema12.properties.ssh,data:data26};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.scaleSet !== undefined){
let data28 = data.scaleSet;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.resourceGroupName === undefined){
const err60 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema12.properties.scaleSet.required,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data28.subnetId === undefined){
const err61 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema12.properties.scaleSet.required,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data28.adminPassword === undefined){
const err62 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema12.properties.scaleSet.required,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data28.capacity === undefined){
const err63 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/required",keyword:"required",params:{missingProperty: "capacity"},message:"must have required property '"+"capacity"+"'",schema:schema12.properties.scaleSet.required,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
for(const key4 in data28){
if(!(func5.call(schema12.properties.scaleSet.properties, key4))){
const err64 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data28.capacity !== undefined){
let data29 = data28.capacity;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err65 = {instancePath:instancePath+"/scaleSet/capacity",schemaPath:"#/properties/scaleSet/properties/capacity/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.scaleSet.properties.capacity.type,parentSchema:schema12.properties.scaleSet.properties.capacity,data:data29};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 1000 || isNaN(data29)){
const err66 = {instancePath:instancePath+"/scaleSet/capacity",schemaPath:"#/properties/scaleSet/properties/capacity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema12.properties.scaleSet.properties.capacity,data:data29};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data29 < 0 || isNaN(data29)){
const err67 = {instancePath:instancePath+"/scaleSet/capacity",schemaPath:"#/properties/scaleSet/properties/capacity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.scaleSet.properties.capacity,data:data29};
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
if(data28.orchestrationMode !== undefined){
let data30 = data28.orchestrationMode;
if(!((data30 === "Flexible") || (data30 === "Uniform"))){
const err68 = {instancePath:instancePath+"/scaleSet/orchestrationMode",schemaPath:"#/properties/scaleSet/properties/orchestrationMode/enum",keyword:"enum",params:{allowedValues: schema12.properties.scaleSet.properties.orchestrationMode.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.scaleSet.properties.orchestrationMode.enum,parentSchema:schema12.properties.scaleSet.properties.orchestrationMode,data:data30};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data28.name !== undefined){
let data31 = data28.name;
if(typeof data31 === "string"){
if(!pattern32.test(data31)){
const err69 = {instancePath:instancePath+"/scaleSet/name",schemaPath:"#/properties/scaleSet/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$"},message:"must match pattern \""+"^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$"+"\"",schema:"^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$",parentSchema:schema12.properties.scaleSet.properties.name,data:data31};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/scaleSet/name",schemaPath:"#/properties/scaleSet/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.scaleSet.properties.name.type,parentSchema:schema12.properties.scaleSet.properties.name,data:data31};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data28.computerNamePrefix !== undefined){
let data32 = data28.computerNamePrefix;
if(typeof data32 === "string"){
if(!pattern33.test(data32)){
const err71 = {instancePath:instancePath+"/scaleSet/computerNamePrefix",schemaPath:"#/properties/scaleSet/properties/computerNamePrefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9-]{0,8}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9-]{0,8}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9-]{0,8}$",parentSchema:schema12.properties.scaleSet.properties.computerNamePrefix,data:data32};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/scaleSet/computerNamePrefix",schemaPath:"#/properties/scaleSet/properties/computerNamePrefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.scaleSet.properties.computerNamePrefix.type,parentSchema:schema12.properties.scaleSet.properties.computerNamePrefix,data:data32};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data28.resourceGroupName !== undefined){
let data33 = data28.resourceGroupName;
if(typeof data33 === "string"){
if(func2(data33) > 90){
const err73 = {instancePath:instancePath+"/scaleSet/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema14,data:data33};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(func2(data33) < 1){
const err74 = {instancePath:instancePath+"/scaleSet/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema14,data:data33};
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
const err75 = {instancePath:instancePath+"/scaleSet/resourceGroupName",schemaPath:"windows-vm.schema.json#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data33};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data28.subnetId !== undefined){
let data34 = data28.subnetId;
if(typeof data34 === "string"){
if(!pattern4.test(data34)){
const err76 = {instancePath:instancePath+"/scaleSet/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema16,data:data34};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/scaleSet/subnetId",schemaPath:"windows-vm.schema.json#/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.type,parentSchema:schema16,data:data34};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data28.adminPassword !== undefined){
let data35 = data28.adminPassword;
if(typeof data35 === "string"){
if(func2(data35) > 123){
const err78 = {instancePath:instancePath+"/scaleSet/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema17,data:data35};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(func2(data35) < 12){
const err79 = {instancePath:instancePath+"/scaleSet/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema17,data:data35};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/scaleSet/adminPassword",schemaPath:"windows-vm.schema.json#/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.type,parentSchema:schema17,data:data35};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data28.adminUsername !== undefined){
let data36 = data28.adminUsername;
if(typeof data36 === "string"){
if(func2(data36) > 20){
const err81 = {instancePath:instancePath+"/scaleSet/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema18,data:data36};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(func2(data36) < 1){
const err82 = {instancePath:instancePath+"/scaleSet/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema18,data:data36};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/scaleSet/adminUsername",schemaPath:"windows-vm.schema.json#/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.type,parentSchema:schema18,data:data36};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data28.location !== undefined){
let data37 = data28.location;
if(typeof data37 === "string"){
if(func2(data37) < 1){
const err84 = {instancePath:instancePath+"/scaleSet/location",schemaPath:"windows-vm.schema.json#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema19,data:data37};
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
const err85 = {instancePath:instancePath+"/scaleSet/location",schemaPath:"windows-vm.schema.json#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data37};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data28.size !== undefined){
let data38 = data28.size;
if(typeof data38 === "string"){
if(!pattern5.test(data38)){
const err86 = {instancePath:instancePath+"/scaleSet/size",schemaPath:"windows-vm.schema.json#/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema20,data:data38};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
else {
const err87 = {instancePath:instancePath+"/scaleSet/size",schemaPath:"windows-vm.schema.json#/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.type,parentSchema:schema20,data:data38};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data28.core !== undefined){
let data39 = data28.core;
if(typeof data39 !== "boolean"){
const err88 = {instancePath:instancePath+"/scaleSet/core",schemaPath:"windows-vm.schema.json#/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema21.type,parentSchema:schema21,data:data39};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data28.osDiskType !== undefined){
let data40 = data28.osDiskType;
if(!(((((data40 === "Standard_LRS") || (data40 === "StandardSSD_LRS")) || (data40 === "StandardSSD_ZRS")) || (data40 === "Premium_LRS")) || (data40 === "Premium_ZRS"))){
const err89 = {instancePath:instancePath+"/scaleSet/osDiskType",schemaPath:"windows-vm.schema.json#/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema22.enum},message:"must be equal to one of the allowed values",schema:schema22.enum,parentSchema:schema22,data:data40};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data28.licenseType !== undefined){
let data41 = data28.licenseType;
if(!(((data41 === "Windows_Server") || (data41 === "Windows_Client")) || (data41 === "None"))){
const err90 = {instancePath:instancePath+"/scaleSet/licenseType",schemaPath:"windows-vm.schema.json#/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values",schema:schema23.enum,parentSchema:schema23,data:data41};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data28.encryptionAtHost !== undefined){
let data42 = data28.encryptionAtHost;
if(typeof data42 !== "boolean"){
const err91 = {instancePath:instancePath+"/scaleSet/encryptionAtHost",schemaPath:"windows-vm.schema.json#/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.type,parentSchema:schema24,data:data42};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data28.tags !== undefined){
let data43 = data28.tags;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
for(const key5 in data43){
let data44 = data43[key5];
if(typeof data44 !== "string"){
const err92 = {instancePath:instancePath+"/scaleSet/tags/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"windows-vm.schema.json#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.additionalProperties.type,parentSchema:schema25.additionalProperties,data:data44};
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
const err93 = {instancePath:instancePath+"/scaleSet/tags",schemaPath:"windows-vm.schema.json#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data:data43};
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
const err94 = {instancePath:instancePath+"/scaleSet",schemaPath:"#/properties/scaleSet/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.scaleSet.type,parentSchema:schema12.properties.scaleSet,data:data28};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data.scaleSetId !== undefined){
let data45 = data.scaleSetId;
if(typeof data45 === "string"){
if(!pattern36.test(data45)){
const err95 = {instancePath:instancePath+"/scaleSetId",schemaPath:"#/properties/scaleSetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/virtualMachineScaleSets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/virtualMachineScaleSets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/virtualMachineScaleSets/[^/]+$",parentSchema:schema12.properties.scaleSetId,data:data45};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/scaleSetId",schemaPath:"#/properties/scaleSetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.scaleSetId.type,parentSchema:schema12.properties.scaleSetId,data:data45};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.autoscaled !== undefined){
let data46 = data.autoscaled;
if(typeof data46 !== "boolean"){
const err97 = {instancePath:instancePath+"/autoscaled",schemaPath:"#/properties/autoscaled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.autoscaled.type,parentSchema:schema12.properties.autoscaled,data:data46};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.discovery !== undefined){
let data47 = data.discovery;
if(!((data47 === "dns") || (data47 === "host"))){
const err98 = {instancePath:instancePath+"/discovery",schemaPath:"#/properties/discovery/enum",keyword:"enum",params:{allowedValues: schema12.properties.discovery.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.discovery.enum,parentSchema:schema12.properties.discovery,data:data47};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.lookupDomain !== undefined){
let data48 = data.lookupDomain;
if(typeof data48 === "string"){
if(func2(data48) > 241){
const err99 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 241},message:"must NOT have more than 241 characters",schema:241,parentSchema:schema62,data:data48};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if(!pattern0.test(data48)){
const err100 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema62,data:data48};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
else {
const err101 = {instancePath:instancePath+"/lookupDomain",schemaPath:"kms-host-args.schema.json#/definitions/srvRecord/properties/privateZone/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.type,parentSchema:schema62,data:data48};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data.productKey !== undefined){
let data49 = data.productKey;
if(typeof data49 === "string"){
if(func2(data49) < 1){
const err102 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.productKey,data:data49};
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
const err103 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.productKey.type,parentSchema:schema12.properties.productKey,data:data49};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data.rollout !== undefined){
let data50 = data.rollout;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key6 in data50){
if(!((((((key6 === "canary") || (key6 === "batchSize")) || (key6 === "maxConcurrent")) || (key6 === "maxFailures")) || (key6 === "pauseSecondsBetweenBatches")) || (key6 === "deadlineMinutes"))){
const err104 = {instancePath:instancePath+"/rollout",schemaPath:"#/properties/rollout/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema12.properties.rollout,data:data50};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data50.canary !== undefined){
let data51 = data50.canary;
if(!(((typeof data51 == "number") && (!(data51 % 1) && !isNaN(data51))) && (isFinite(data51)))){
const err105 = {instancePath:instancePath+"/rollout/canary",schemaPath:"#/properties/rollout/properties/canary/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.canary.type,parentSchema:schema12.properties.rollout.properties.canary,data:data51};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if((typeof data51 == "number") && (isFinite(data51))){
if(data51 > 1000 || isNaN(data51)){
const err106 = {instancePath:instancePath+"/rollout/canary",schemaPath:"#/properties/rollout/properties/canary/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema12.properties.rollout.properties.canary,data:data51};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data51 < 0 || isNaN(data51)){
const err107 = {instancePath:instancePath+"/rollout/canary",schemaPath:"#/properties/rollout/properties/canary/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.rollout.properties.canary,data:data51};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
if(data50.batchSize !== undefined){
let data52 = data50.batchSize;
if(!(((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52))) && (isFinite(data52)))){
const err108 = {instancePath:instancePath+"/rollout/batchSize",schemaPath:"#/properties/rollout/properties/batchSize/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.batchSize.type,parentSchema:schema12.properties.rollout.properties.batchSize,data:data52};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if((typeof data52 == "number") && (isFinite(data52))){
if(data52 > 10000 || isNaN(data52)){
const err109 = {instancePath:instancePath+"/rollout/batchSize",schemaPath:"#/properties/rollout/properties/batchSize/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema12.properties.rollout.properties.batchSize,data:data52};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
if(data52 < 1 || isNaN(data52)){
const err110 = {instancePath:instancePath+"/rollout/batchSize",schemaPath:"#/properties/rollout/properties/batchSize/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema12.properties.rollout.properties.batchSize,data:data52};
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
if(data50.maxConcurrent !== undefined){
let data53 = data50.maxConcurrent;
if(!(((typeof data53 == "number") && (!(data53 % 1) && !isNaN(data53))) && (isFinite(data53)))){
const err111 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.maxConcurrent.type,parentSchema:schema12.properties.rollout.properties.maxConcurrent,data:data53};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if((typeof data53 == "number") && (isFinite(data53))){
if(data53 > 500 || isNaN(data53)){
const err112 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 500},message:"must be <= 500",schema:500,parentSchema:schema12.properties.rollout.properties.maxConcurrent,data:data53};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(data53 < 1 || isNaN(data53)){
const err113 = {instancePath:instancePath+"/rollout/maxConcurrent",schemaPath:"#/properties/rollout/properties/maxConcurrent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema12.properties.rollout.properties.maxConcurrent,data:data53};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
if(data50.maxFailures !== undefined){
let data54 = data50.maxFailures;
if(!(((typeof data54 == "number") && (!(data54 % 1) && !isNaN(data54))) && (isFinite(data54)))){
const err114 = {instancePath:instancePath+"/rollout/maxFailures",schemaPath:"#/properties/rollout/properties/maxFailures/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.maxFailures.type,parentSchema:schema12.properties.rollout.properties.maxFailures,data:data54};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
if((typeof data54 == "number") && (isFinite(data54))){
if(data54 > 10000 || isNaN(data54)){
const err115 = {instancePath:instancePath+"/rollout/maxFailures",schemaPath:"#/properties/rollout/properties/maxFailures/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema12.properties.rollout.properties.maxFailures,data:data54};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if(data54 < 0 || isNaN(data54)){
const err116 = {instancePath:instancePath+"/rollout/maxFailures",schemaPath:"#/properties/rollout/properties/maxFailures/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.rollout.properties.maxFailures,data:data54};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
}
if(data50.pauseSecondsBetweenBatches !== undefined){
let data55 = data50.pauseSecondsBetweenBatches;
if(!(((typeof data55 == "number") && (!(data55 % 1) && !isNaN(data55))) && (isFinite(data55)))){
const err117 = {instancePath:instancePath+"/rollout/pauseSecondsBetweenBatches",schemaPath:"#/properties/rollout/properties/pauseSecondsBetweenBatches/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.pauseSecondsBetweenBatches.type,parentSchema:schema12.properties.rollout.properties.pauseSecondsBetweenBatches,data:data55};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if((typeof data55 == "number") && (isFinite(data55))){
if(data55 > 86400 || isNaN(data55)){
const err118 = {instancePath:instancePath+"/rollout/pauseSecondsBetweenBatches",schemaPath:"#/properties/rollout/properties/pauseSecondsBetweenBatches/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema12.properties.rollout.properties.pauseSecondsBetweenBatches,data:data55};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if(data55 < 0 || isNaN(data55)){
const err119 = {instancePath:instancePath+"/rollout/pauseSecondsBetweenBatches",schemaPath:"#/properties/rollout/properties/pauseSecondsBetweenBatches/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.rollout.properties.pauseSecondsBetweenBatches,data:data55};
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
if(data50.deadlineMinutes !== undefined){
let data56 = data50.deadlineMinutes;
if(!(((typeof data56 == "number") && (!(data56 % 1) && !isNaN(data56))) && (isFinite(data56)))){
const err120 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.rollout.properties.deadlineMinutes.type,parentSchema:schema12.properties.rollout.properties.deadlineMinutes,data:data56};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
if((typeof data56 == "number") && (isFinite(data56))){
if(data56 > 1440 || isNaN(data56)){
const err121 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1440},message:"must be <= 1440",schema:1440,parentSchema:schema12.properties.rollout.properties.deadlineMinutes,data:data56};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
if(data56 < 5 || isNaN(data56)){
const err122 = {instancePath:instancePath+"/rollout/deadlineMinutes",schemaPath:"#/properties/rollout/properties/deadlineMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 5},message:"must be >= 5",schema:5,parentSchema:schema12.properties.rollout.properties.deadlineMinutes,data:data56};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
}
}
else {
const err123 = {instancePath:instancePath+"/rollout",schemaPath:"#/properties/rollout/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.properties.rollout.type,parentSchema:schema12.properties.rollout,data:data50};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data.onRemove !== undefined){
let data57 = data.onRemove;
if(!((data57 === "leave") || (data57 === "clearKmsHost"))){
const err124 = {instancePath:instancePath+"/onRemove",schemaPath:"#/properties/onRemove/enum",keyword:"enum",params:{allowedValues: schema12.properties.onRemove.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.onRemove.enum,parentSchema:schema12.properties.onRemove,data:data57};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data.convertFrom !== undefined){
let data58 = data.convertFrom;
if(!(((data58 === "kmsHost") || (data58 === "mak")) || (data58 === "retail"))){
const err125 = {instancePath:instancePath+"/convertFrom",schemaPath:"#/properties/convertFrom/enum",keyword:"enum",params:{allowedValues: schema12.properties.convertFrom.enum},message:"must be equal to one of the allowed values",schema:schema12.properties.convertFrom.enum,parentSchema:schema12.properties.convertFrom,data:data58};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data.acceptUnlisted !== undefined){
let data59 = data.acceptUnlisted;
if(typeof data59 !== "boolean"){
const err126 = {instancePath:instancePath+"/acceptUnlisted",schemaPath:"#/properties/acceptUnlisted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.acceptUnlisted.type,parentSchema:schema12.properties.acceptUnlisted,data:data59};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data.domainJoined !== undefined){
let data60 = data.domainJoined;
if(typeof data60 !== "boolean"){
const err127 = {instancePath:instancePath+"/domainJoined",schemaPath:"#/properties/domainJoined/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.domainJoined.type,parentSchema:schema12.properties.domainJoined,data:data60};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data.dnsSuffix !== undefined){
let data61 = data.dnsSuffix;
if(typeof data61 === "string"){
if(func2(data61) > 253){
const err128 = {instancePath:instancePath+"/dnsSuffix",schemaPath:"#/properties/dnsSuffix/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema12.properties.dnsSuffix,data:data61};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
else {
const err129 = {instancePath:instancePath+"/dnsSuffix",schemaPath:"#/properties/dnsSuffix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.dnsSuffix.type,parentSchema:schema12.properties.dnsSuffix,data:data61};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data.image !== undefined){
let data62 = data.image;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
for(const key7 in data62){
if(!(((key7 === "evaluation") || (key7 === "generalized")) || (key7 === "skipRearm"))){
const err130 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data:data62};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
if(data62.evaluation !== undefined){
let data63 = data62.evaluation;
if(typeof data63 !== "boolean"){
const err131 = {instancePath:instancePath+"/image/evaluation",schemaPath:"machine-facts.schema.json#/definitions/image/properties/evaluation/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.evaluation.type,parentSchema:schema42.properties.evaluation,data:data63};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data62.generalized !== undefined){
let data64 = data62.generalized;
if(typeof data64 !== "boolean"){
const err132 = {instancePath:instancePath+"/image/generalized",schemaPath:"machine-facts.schema.json#/definitions/image/properties/generalized/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.generalized.type,parentSchema:schema42.properties.generalized,data:data64};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data62.skipRearm !== undefined){
let data65 = data62.skipRearm;
if(typeof data65 !== "boolean"){
const err133 = {instancePath:instancePath+"/image/skipRearm",schemaPath:"machine-facts.schema.json#/definitions/image/properties/skipRearm/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.skipRearm.type,parentSchema:schema42.properties.skipRearm,data:data65};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
else {
const err134 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data:data62};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data.network !== undefined){
let data66 = data.network;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
for(const key8 in data66){
if(!((((((key8 === "privateSubnet") || (key8 === "outbound")) || (key8 === "defaultRoute")) || (key8 === "firewallApplicationRules")) || (key8 === "firewallNetworkRules")) || (key8 === "dnsServers"))){
const err135 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data:data66};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data66.privateSubnet !== undefined){
let data67 = data66.privateSubnet;
if(typeof data67 !== "boolean"){
const err136 = {instancePath:instancePath+"/network/privateSubnet",schemaPath:"machine-facts.schema.json#/definitions/network/properties/privateSubnet/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema43.properties.privateSubnet.type,parentSchema:schema43.properties.privateSubnet,data:data67};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data66.outbound !== undefined){
let data68 = data66.outbound;
if(!(((((data68 === "none") || (data68 === "natGateway")) || (data68 === "loadBalancer")) || (data68 === "firewall")) || (data68 === "publicAddress"))){
const err137 = {instancePath:instancePath+"/network/outbound",schemaPath:"machine-facts.schema.json#/definitions/network/properties/outbound/enum",keyword:"enum",params:{allowedValues: schema43.properties.outbound.enum},message:"must be equal to one of the allowed values",schema:schema43.properties.outbound.enum,parentSchema:schema43.properties.outbound,data:data68};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data66.defaultRoute !== undefined){
let data69 = data66.defaultRoute;
if(!(((((data69 === "Internet") || (data69 === "VirtualAppliance")) || (data69 === "VirtualNetworkGateway")) || (data69 === "VnetLocal")) || (data69 === "None"))){
const err138 = {instancePath:instancePath+"/network/defaultRoute",schemaPath:"machine-facts.schema.json#/definitions/network/properties/defaultRoute/enum",keyword:"enum",params:{allowedValues: schema43.properties.defaultRoute.enum},message:"must be equal to one of the allowed values",schema:schema43.properties.defaultRoute.enum,parentSchema:schema43.properties.defaultRoute,data:data69};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data66.firewallApplicationRules !== undefined){
let data70 = data66.firewallApplicationRules;
if(Array.isArray(data70)){
const len3 = data70.length;
for(let i3=0; i3<len3; i3++){
let data71 = data70[i3];
if(typeof data71 === "string"){
if(func2(data71) < 1){
const err139 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i3,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.firewallApplicationRules.items,data:data71};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
else {
const err140 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i3,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.firewallApplicationRules.items.type,parentSchema:schema43.properties.firewallApplicationRules.items,data:data71};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
}
else {
const err141 = {instancePath:instancePath+"/network/firewallApplicationRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.firewallApplicationRules.type,parentSchema:schema43.properties.firewallApplicationRules,data:data70};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data66.firewallNetworkRules !== undefined){
let data72 = data66.firewallNetworkRules;
if(Array.isArray(data72)){
const len4 = data72.length;
for(let i4=0; i4<len4; i4++){
let data73 = data72[i4];
if(typeof data73 === "string"){
if(func2(data73) < 1){
const err142 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i4,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.firewallNetworkRules.items,data:data73};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
else {
const err143 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i4,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.firewallNetworkRules.items.type,parentSchema:schema43.properties.firewallNetworkRules.items,data:data73};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
else {
const err144 = {instancePath:instancePath+"/network/firewallNetworkRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.firewallNetworkRules.type,parentSchema:schema43.properties.firewallNetworkRules,data:data72};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data66.dnsServers !== undefined){
let data74 = data66.dnsServers;
if(Array.isArray(data74)){
const len5 = data74.length;
for(let i5=0; i5<len5; i5++){
let data75 = data74[i5];
if(typeof data75 === "string"){
if(func2(data75) < 1){
const err145 = {instancePath:instancePath+"/network/dnsServers/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.dnsServers.items,data:data75};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
else {
const err146 = {instancePath:instancePath+"/network/dnsServers/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.dnsServers.items.type,parentSchema:schema43.properties.dnsServers.items,data:data75};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
}
else {
const err147 = {instancePath:instancePath+"/network/dnsServers",schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.dnsServers.type,parentSchema:schema43.properties.dnsServers,data:data74};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
}
else {
const err148 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data:data66};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
if(data.hypervisor !== undefined){
let data76 = data.hypervisor;
if(typeof data76 === "string"){
if(func2(data76) < 1){
const err149 = {instancePath:instancePath+"/hypervisor",schemaPath:"#/properties/hypervisor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema12.properties.hypervisor,data:data76};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
else {
const err150 = {instancePath:instancePath+"/hypervisor",schemaPath:"#/properties/hypervisor/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.properties.hypervisor.type,parentSchema:schema12.properties.hypervisor,data:data76};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
if(data.domainController !== undefined){
let data77 = data.domainController;
if(typeof data77 !== "boolean"){
const err151 = {instancePath:instancePath+"/domainController",schemaPath:"#/properties/domainController/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.domainController.type,parentSchema:schema12.properties.domainController,data:data77};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data.offlineDays !== undefined){
let data78 = data.offlineDays;
if(!(((typeof data78 == "number") && (!(data78 % 1) && !isNaN(data78))) && (isFinite(data78)))){
const err152 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema12.properties.offlineDays.type,parentSchema:schema12.properties.offlineDays,data:data78};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
if((typeof data78 == "number") && (isFinite(data78))){
if(data78 > 3650 || isNaN(data78)){
const err153 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3650},message:"must be <= 3650",schema:3650,parentSchema:schema12.properties.offlineDays,data:data78};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
if(data78 < 0 || isNaN(data78)){
const err154 = {instancePath:instancePath+"/offlineDays",schemaPath:"#/properties/offlineDays/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema12.properties.offlineDays,data:data78};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
}
if(data.strict !== undefined){
let data79 = data.strict;
if(typeof data79 !== "boolean"){
const err155 = {instancePath:instancePath+"/strict",schemaPath:"#/properties/strict/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema12.properties.strict.type,parentSchema:schema12.properties.strict,data:data79};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data.acknowledge !== undefined){
let data80 = data.acknowledge;
if(Array.isArray(data80)){
const len6 = data80.length;
for(let i6=0; i6<len6; i6++){
let data81 = data80[i6];
if(typeof data81 === "string"){
if(!pattern27.test(data81)){
const err156 = {instancePath:instancePath+"/acknowledge/" + i6,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/pattern",keyword:"pattern",params:{pattern: "^KMS[0-9]{4}$"},message:"must match pattern \""+"^KMS[0-9]{4}$"+"\"",schema:"^KMS[0-9]{4}$",parentSchema:schema44.items,data:data81};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
else {
const err157 = {instancePath:instancePath+"/acknowledge/" + i6,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.items.type,parentSchema:schema44.items,data:data81};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
}
else {
const err158 = {instancePath:instancePath+"/acknowledge",schemaPath:"machine-facts.schema.json#/definitions/acknowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.type,parentSchema:schema44,data:data80};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
}
else {
const err159 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

exports.kmsHostArgs = validate13;
const schema26 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"kms-host-args.schema.json","type":"object","additionalProperties":false,"required":["keyGroup","productKey","os"],"properties":{"keyGroup":{"type":"string","minLength":1,"description":"a product key group, a value of KeyGroup"},"productKey":{"type":"string","minLength":1,"description":"the KMS host key"},"os":{"type":"string","minLength":1,"description":"an operating system, a value of OperatingSystem"},"edition":{"type":"string","minLength":1,"description":"an edition of the operating system"},"vm":{"$ref":"windows-vm.schema.json"},"azureVmId":{"type":"string","pattern":"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$","description":"the Azure resource ID of a virtual machine: /subscriptions/…/virtualMachines/NAME"},"ssh":{"$ref":"ssh.schema.json"},"computerName":{"type":"string","pattern":"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$","description":"1 to 15 letters, digits and hyphens, not digits alone"},"clientPrefixes":{"type":"array","items":{"type":"string","pattern":"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(/([12]?[0-9]|3[0-2]))?$|^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$","description":"an address prefix, for example 10.20.0.0/16"},"description":"a list of address prefixes"},"srvRecords":{"type":"array","items":{"$ref":"#/definitions/srvRecord"},"description":"a list of SRV records"},"dnsPublishing":{"enum":["package","host"],"description":"package or host"},"port":{"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"},"activationIntervalMinutes":{"type":"integer","minimum":15,"maximum":43200,"description":"a whole number of minutes from 15 to 43200"},"renewalIntervalMinutes":{"type":"integer","minimum":15,"maximum":43200,"description":"a whole number of minutes from 15 to 43200"},"lowPriority":{"type":"boolean","description":"true or false"},"firewallProfiles":{"type":"array","minItems":1,"uniqueItems":true,"items":{"enum":["Domain","Private","Public"],"description":"Domain, Private or Public"},"description":"a list of Domain, Private and Public, each once"},"deadlineMinutes":{"type":"integer","minimum":5,"maximum":720,"description":"a whole number of minutes from 5 to 720"},"updates":{"type":"array","items":{"type":"string","pattern":"^KB[0-9]{6,7}$","description":"the number of an update, for example KB3172614"},"description":"a list of updates"},"osBuild":{"type":"string","pattern":"^[0-9]{4,5}\\.[0-9]{1,5}$","description":"a build with its revision, for example 20348.2322"},"image":{"$ref":"machine-facts.schema.json#/definitions/image"},"network":{"$ref":"machine-facts.schema.json#/definitions/network"},"hostLimitException":{"type":"object","additionalProperties":false,"required":["hosts","reference"],"properties":{"hosts":{"type":"integer","minimum":7,"maximum":10000,"description":"a whole number from 7 to 10000"},"reference":{"type":"string","minLength":1,"description":"Microsoft's reference of the exception"}},"description":"{ hosts, reference }"},"strict":{"type":"boolean","description":"true or false"},"acknowledge":{"$ref":"machine-facts.schema.json#/definitions/acknowledge"},"activation":{"enum":["online","offline","none"],"description":"online, offline or none"},"confirmationId":{"type":"string","pattern":"^([0-9]{6,7}-?){6,8}$","description":"48 digits, with or without hyphens"},"activationsSpent":{"type":"object","additionalProperties":false,"required":["hosts","activations"],"properties":{"hosts":{"type":"integer","minimum":0,"maximum":100000,"description":"a whole number from 0 to 100000"},"activations":{"type":"integer","minimum":0,"maximum":100000,"description":"a whole number from 0 to 100000"}},"description":"{ hosts, activations }"},"ledger":{"type":"string","pattern":"^(file|azblob)://.+","description":"file://PATH or azblob://CONTAINER?storage_account=NAME"},"adopt":{"type":"boolean","description":"true or false"},"officeKeys":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["office","productKey"],"properties":{"office":{"type":"string","minLength":1,"description":"an Office version, for example LTSC 2024"},"productKey":{"$ref":"#/properties/productKey"},"activation":{"$ref":"#/properties/activation"},"confirmationId":{"$ref":"#/properties/confirmationId"},"activationsSpent":{"$ref":"#/properties/activationsSpent"},"hostLimitException":{"$ref":"#/properties/hostLimitException"}},"description":"{ office, productKey }"},"description":"a list of Office host keys"}},"definitions":{"srvRecord":{"type":"object","additionalProperties":false,"properties":{"dnsUpdate":{"$ref":"dns-update.schema.json"},"target":{"type":"string","minLength":1,"maxLength":253,"description":"the full name of the host, for example kms01.corp.example"},"privateZone":{"type":"object","additionalProperties":false,"required":["resourceGroupName","zoneName"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"zoneName":{"type":"string","maxLength":241,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"},"subscriptionId":{"type":"string","pattern":"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$","description":"a subscription ID of the form 00000000-0000-0000-0000-000000000000"}}},"priority":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"weight":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"ttlSeconds":{"type":"integer","minimum":1,"maximum":2147483647,"description":"a whole number of seconds from 1 to 2147483647"},"addressRecord":{"type":"boolean","description":"true or false"}}}}};
const schema13 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"windows-vm.schema.json","type":"object","additionalProperties":false,"required":["resourceGroupName","subnetId","adminPassword"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"subnetId":{"type":"string","pattern":"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$","description":"the Azure resource ID of a subnet: /subscriptions/…/virtualNetworks/NAME/subnets/NAME"},"adminPassword":{"type":"string","minLength":12,"maxLength":123,"description":"12 to 123 characters"},"adminUsername":{"type":"string","minLength":1,"maxLength":20,"description":"1 to 20 characters"},"location":{"type":"string","minLength":1,"description":"the name of an Azure region, for example westeurope"},"size":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_]*$","description":"an Azure virtual machine size, for example Standard_B2as_v2"},"core":{"type":"boolean","description":"true or false"},"osDiskType":{"enum":["Standard_LRS","StandardSSD_LRS","StandardSSD_ZRS","Premium_LRS","Premium_ZRS"],"description":"Standard_LRS, StandardSSD_LRS, StandardSSD_ZRS, Premium_LRS or Premium_ZRS"},"licenseType":{"enum":["Windows_Server","Windows_Client","None"],"description":"Windows_Server, Windows_Client or None"},"encryptionAtHost":{"type":"boolean","description":"true or false"},"tags":{"type":"object","additionalProperties":{"type":"string","description":"a text"},"description":"tag names with their values"}}};
const schema45 = {"type":"string","minLength":1,"description":"the KMS host key"};
const schema46 = {"enum":["online","offline","none"],"description":"online, offline or none"};
const schema47 = {"type":"string","pattern":"^([0-9]{6,7}-?){6,8}$","description":"48 digits, with or without hyphens"};
const schema48 = {"type":"object","additionalProperties":false,"required":["hosts","activations"],"properties":{"hosts":{"type":"integer","minimum":0,"maximum":100000,"description":"a whole number from 0 to 100000"},"activations":{"type":"integer","minimum":0,"maximum":100000,"description":"a whole number from 0 to 100000"}},"description":"{ hosts, activations }"};
const schema49 = {"type":"object","additionalProperties":false,"required":["hosts","reference"],"properties":{"hosts":{"type":"integer","minimum":7,"maximum":10000,"description":"a whole number from 7 to 10000"},"reference":{"type":"string","minLength":1,"description":"Microsoft's reference of the exception"}},"description":"{ hosts, reference }"};
const func0 = require("ajv/dist/runtime/equal").default;
const pattern17 = new RegExp("^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$", "u");
const pattern18 = new RegExp("^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(/([12]?[0-9]|3[0-2]))?$|^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$", "u");
const pattern25 = new RegExp("^KB[0-9]{6,7}$", "u");
const pattern26 = new RegExp("^[0-9]{4,5}\\.[0-9]{1,5}$", "u");
const pattern28 = new RegExp("^([0-9]{6,7}-?){6,8}$", "u");
const pattern29 = new RegExp("^(file|azblob)://.+", "u");
const schema39 = {"type":"object","additionalProperties":false,"properties":{"dnsUpdate":{"$ref":"dns-update.schema.json"},"target":{"type":"string","minLength":1,"maxLength":253,"description":"the full name of the host, for example kms01.corp.example"},"privateZone":{"type":"object","additionalProperties":false,"required":["resourceGroupName","zoneName"],"properties":{"resourceGroupName":{"type":"string","minLength":1,"maxLength":90,"description":"the name of a resource group, 1 to 90 characters"},"zoneName":{"type":"string","maxLength":241,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"},"subscriptionId":{"type":"string","pattern":"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$","description":"a subscription ID of the form 00000000-0000-0000-0000-000000000000"}}},"priority":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"weight":{"type":"integer","minimum":0,"maximum":65535,"description":"a whole number from 0 to 65535"},"ttlSeconds":{"type":"integer","minimum":1,"maximum":2147483647,"description":"a whole number of seconds from 1 to 2147483647"},"addressRecord":{"type":"boolean","description":"true or false"}}};
const pattern24 = new RegExp("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", "u");

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "dnsUpdate") || (key0 === "target")) || (key0 === "privateZone")) || (key0 === "priority")) || (key0 === "weight")) || (key0 === "ttlSeconds")) || (key0 === "addressRecord"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.dnsUpdate !== undefined){
let data0 = data.dnsUpdate;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.zoneName === undefined){
const err1 = {instancePath:instancePath+"/dnsUpdate",schemaPath:"dns-update.schema.json/required",keyword:"required",params:{missingProperty: "zoneName"},message:"must have required property '"+"zoneName"+"'",schema:schema11.required,parentSchema:schema11,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0.servers === undefined){
const err2 = {instancePath:instancePath+"/dnsUpdate",schemaPath:"dns-update.schema.json/required",keyword:"required",params:{missingProperty: "servers"},message:"must have required property '"+"servers"+"'",schema:schema11.required,parentSchema:schema11,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key1 in data0){
if(!(((key1 === "zoneName") || (key1 === "servers")) || (key1 === "tsig"))){
const err3 = {instancePath:instancePath+"/dnsUpdate",schemaPath:"dns-update.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.zoneName !== undefined){
let data1 = data0.zoneName;
if(typeof data1 === "string"){
if(func2(data1) > 241){
const err4 = {instancePath:instancePath+"/dnsUpdate/zoneName",schemaPath:"dns-update.schema.json/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 241},message:"must NOT have more than 241 characters",schema:241,parentSchema:schema11.properties.zoneName,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!pattern0.test(data1)){
const err5 = {instancePath:instancePath+"/dnsUpdate/zoneName",schemaPath:"dns-update.schema.json/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema11.properties.zoneName,data:data1};
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
const err6 = {instancePath:instancePath+"/dnsUpdate/zoneName",schemaPath:"dns-update.schema.json/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.zoneName.type,parentSchema:schema11.properties.zoneName,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data0.servers !== undefined){
let data2 = data0.servers;
if(Array.isArray(data2)){
if(data2.length < 1){
const err7 = {instancePath:instancePath+"/dnsUpdate/servers",schemaPath:"dns-update.schema.json/properties/servers/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.servers,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
const err8 = {instancePath:instancePath+"/dnsUpdate/servers/" + i0,schemaPath:"dns-update.schema.json/properties/servers/items/pattern",keyword:"pattern",params:{pattern: "^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},message:"must match pattern \""+"^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"+"\"",schema:"^(\\[(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))\\]|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?![0-9.]+(:|$))[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$",parentSchema:schema11.properties.servers.items,data:data3};
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
const err9 = {instancePath:instancePath+"/dnsUpdate/servers/" + i0,schemaPath:"dns-update.schema.json/properties/servers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.servers.items.type,parentSchema:schema11.properties.servers.items,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data2[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err10 = {instancePath:instancePath+"/dnsUpdate/servers",schemaPath:"dns-update.schema.json/properties/servers/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema11.properties.servers,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err11 = {instancePath:instancePath+"/dnsUpdate/servers",schemaPath:"dns-update.schema.json/properties/servers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.servers.type,parentSchema:schema11.properties.servers,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data0.tsig !== undefined){
let data4 = data0.tsig;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.keyName === undefined){
const err12 = {instancePath:instancePath+"/dnsUpdate/tsig",schemaPath:"dns-update.schema.json/properties/tsig/required",keyword:"required",params:{missingProperty: "keyName"},message:"must have required property '"+"keyName"+"'",schema:schema11.properties.tsig.required,parentSchema:schema11.properties.tsig,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.secret === undefined){
const err13 = {instancePath:instancePath+"/dnsUpdate/tsig",schemaPath:"dns-update.schema.json/properties/tsig/required",keyword:"required",params:{missingProperty: "secret"},message:"must have required property '"+"secret"+"'",schema:schema11.properties.tsig.required,parentSchema:schema11.properties.tsig,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data4){
if(!(((key2 === "keyName") || (key2 === "algorithm")) || (key2 === "secret"))){
const err14 = {instancePath:instancePath+"/dnsUpdate/tsig",schemaPath:"dns-update.schema.json/properties/tsig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema11.properties.tsig,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.keyName !== undefined){
let data5 = data4.keyName;
if(typeof data5 === "string"){
if(func2(data5) > 253){
const err15 = {instancePath:instancePath+"/dnsUpdate/tsig/keyName",schemaPath:"dns-update.schema.json/properties/tsig/properties/keyName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema11.properties.tsig.properties.keyName,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!pattern2.test(data5)){
const err16 = {instancePath:instancePath+"/dnsUpdate/tsig/keyName",schemaPath:"dns-update.schema.json/properties/tsig/properties/keyName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$"},message:"must match pattern \""+"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$"+"\"",schema:"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?$",parentSchema:schema11.properties.tsig.properties.keyName,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/dnsUpdate/tsig/keyName",schemaPath:"dns-update.schema.json/properties/tsig/properties/keyName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tsig.properties.keyName.type,parentSchema:schema11.properties.tsig.properties.keyName,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.algorithm !== undefined){
let data6 = data4.algorithm;
if(!(((data6 === "hmac-sha256") || (data6 === "hmac-sha384")) || (data6 === "hmac-sha512"))){
const err18 = {instancePath:instancePath+"/dnsUpdate/tsig/algorithm",schemaPath:"dns-update.schema.json/properties/tsig/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema11.properties.tsig.properties.algorithm.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.tsig.properties.algorithm.enum,parentSchema:schema11.properties.tsig.properties.algorithm,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4.secret !== undefined){
let data7 = data4.secret;
if(typeof data7 === "string"){
if(func2(data7) < 4){
const err19 = {instancePath:instancePath+"/dnsUpdate/tsig/secret",schemaPath:"dns-update.schema.json/properties/tsig/properties/secret/minLength",keyword:"minLength",params:{limit: 4},message:"must NOT have fewer than 4 characters",schema:4,parentSchema:schema11.properties.tsig.properties.secret,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!pattern3.test(data7)){
const err20 = {instancePath:instancePath+"/dnsUpdate/tsig/secret",schemaPath:"dns-update.schema.json/properties/tsig/properties/secret/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},message:"must match pattern \""+"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"+"\"",schema:"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",parentSchema:schema11.properties.tsig.properties.secret,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/dnsUpdate/tsig/secret",schemaPath:"dns-update.schema.json/properties/tsig/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tsig.properties.secret.type,parentSchema:schema11.properties.tsig.properties.secret,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/dnsUpdate/tsig",schemaPath:"dns-update.schema.json/properties/tsig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.tsig.type,parentSchema:schema11.properties.tsig,data:data4};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/dnsUpdate",schemaPath:"dns-update.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data:data0};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.target !== undefined){
let data8 = data.target;
if(typeof data8 === "string"){
if(func2(data8) > 253){
const err24 = {instancePath:instancePath+"/target",schemaPath:"#/properties/target/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema39.properties.target,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(func2(data8) < 1){
const err25 = {instancePath:instancePath+"/target",schemaPath:"#/properties/target/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema39.properties.target,data:data8};
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
const err26 = {instancePath:instancePath+"/target",schemaPath:"#/properties/target/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.target.type,parentSchema:schema39.properties.target,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.privateZone !== undefined){
let data9 = data.privateZone;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.resourceGroupName === undefined){
const err27 = {instancePath:instancePath+"/privateZone",schemaPath:"#/properties/privateZone/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema39.properties.privateZone.required,parentSchema:schema39.properties.privateZone,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data9.zoneName === undefined){
const err28 = {instancePath:instancePath+"/privateZone",schemaPath:"#/properties/privateZone/required",keyword:"required",params:{missingProperty: "zoneName"},message:"must have required property '"+"zoneName"+"'",schema:schema39.properties.privateZone.required,parentSchema:schema39.properties.privateZone,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key3 in data9){
if(!(((key3 === "resourceGroupName") || (key3 === "zoneName")) || (key3 === "subscriptionId"))){
const err29 = {instancePath:instancePath+"/privateZone",schemaPath:"#/properties/privateZone/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema39.properties.privateZone,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data9.resourceGroupName !== undefined){
let data10 = data9.resourceGroupName;
if(typeof data10 === "string"){
if(func2(data10) > 90){
const err30 = {instancePath:instancePath+"/privateZone/resourceGroupName",schemaPath:"#/properties/privateZone/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema39.properties.privateZone.properties.resourceGroupName,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(func2(data10) < 1){
const err31 = {instancePath:instancePath+"/privateZone/resourceGroupName",schemaPath:"#/properties/privateZone/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema39.properties.privateZone.properties.resourceGroupName,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/privateZone/resourceGroupName",schemaPath:"#/properties/privateZone/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.privateZone.properties.resourceGroupName.type,parentSchema:schema39.properties.privateZone.properties.resourceGroupName,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data9.zoneName !== undefined){
let data11 = data9.zoneName;
if(typeof data11 === "string"){
if(func2(data11) > 241){
const err33 = {instancePath:instancePath+"/privateZone/zoneName",schemaPath:"#/properties/privateZone/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 241},message:"must NOT have more than 241 characters",schema:241,parentSchema:schema39.properties.privateZone.properties.zoneName,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!pattern0.test(data11)){
const err34 = {instancePath:instancePath+"/privateZone/zoneName",schemaPath:"#/properties/privateZone/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema39.properties.privateZone.properties.zoneName,data:data11};
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
const err35 = {instancePath:instancePath+"/privateZone/zoneName",schemaPath:"#/properties/privateZone/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.privateZone.properties.zoneName.type,parentSchema:schema39.properties.privateZone.properties.zoneName,data:data11};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data9.subscriptionId !== undefined){
let data12 = data9.subscriptionId;
if(typeof data12 === "string"){
if(!pattern24.test(data12)){
const err36 = {instancePath:instancePath+"/privateZone/subscriptionId",schemaPath:"#/properties/privateZone/properties/subscriptionId/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"+"\"",schema:"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",parentSchema:schema39.properties.privateZone.properties.subscriptionId,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/privateZone/subscriptionId",schemaPath:"#/properties/privateZone/properties/subscriptionId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.privateZone.properties.subscriptionId.type,parentSchema:schema39.properties.privateZone.properties.subscriptionId,data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/privateZone",schemaPath:"#/properties/privateZone/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.properties.privateZone.type,parentSchema:schema39.properties.privateZone,data:data9};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.priority !== undefined){
let data13 = data.priority;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err39 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.priority.type,parentSchema:schema39.properties.priority,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 65535 || isNaN(data13)){
const err40 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema39.properties.priority,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err41 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema39.properties.priority,data:data13};
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
if(data.weight !== undefined){
let data14 = data.weight;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err42 = {instancePath:instancePath+"/weight",schemaPath:"#/properties/weight/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.weight.type,parentSchema:schema39.properties.weight,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 65535 || isNaN(data14)){
const err43 = {instancePath:instancePath+"/weight",schemaPath:"#/properties/weight/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema39.properties.weight,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data14 < 0 || isNaN(data14)){
const err44 = {instancePath:instancePath+"/weight",schemaPath:"#/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema39.properties.weight,data:data14};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
if(data.ttlSeconds !== undefined){
let data15 = data.ttlSeconds;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err45 = {instancePath:instancePath+"/ttlSeconds",schemaPath:"#/properties/ttlSeconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.ttlSeconds.type,parentSchema:schema39.properties.ttlSeconds,data:data15};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 2147483647 || isNaN(data15)){
const err46 = {instancePath:instancePath+"/ttlSeconds",schemaPath:"#/properties/ttlSeconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647",schema:2147483647,parentSchema:schema39.properties.ttlSeconds,data:data15};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data15 < 1 || isNaN(data15)){
const err47 = {instancePath:instancePath+"/ttlSeconds",schemaPath:"#/properties/ttlSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.ttlSeconds,data:data15};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data.addressRecord !== undefined){
let data16 = data.addressRecord;
if(typeof data16 !== "boolean"){
const err48 = {instancePath:instancePath+"/addressRecord",schemaPath:"#/properties/addressRecord/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema39.properties.addressRecord.type,parentSchema:schema39.properties.addressRecord,data:data16};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}


function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="kms-host-args.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.keyGroup === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "keyGroup"},message:"must have required property '"+"keyGroup"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.productKey === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "productKey"},message:"must have required property '"+"productKey"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.os === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "os"},message:"must have required property '"+"os"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func5.call(schema26.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
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
if(func2(data0) < 1){
const err4 = {instancePath:instancePath+"/keyGroup",schemaPath:"#/properties/keyGroup/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.keyGroup,data:data0};
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
const err5 = {instancePath:instancePath+"/keyGroup",schemaPath:"#/properties/keyGroup/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.keyGroup.type,parentSchema:schema26.properties.keyGroup,data:data0};
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
if(func2(data1) < 1){
const err6 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.productKey,data:data1};
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
const err7 = {instancePath:instancePath+"/productKey",schemaPath:"#/properties/productKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.productKey.type,parentSchema:schema26.properties.productKey,data:data1};
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
if(func2(data2) < 1){
const err8 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.os,data:data2};
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
const err9 = {instancePath:instancePath+"/os",schemaPath:"#/properties/os/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.os.type,parentSchema:schema26.properties.os,data:data2};
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
if(func2(data3) < 1){
const err10 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.edition,data:data3};
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
const err11 = {instancePath:instancePath+"/edition",schemaPath:"#/properties/edition/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.edition.type,parentSchema:schema26.properties.edition,data:data3};
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
const err12 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema13.required,parentSchema:schema13,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.subnetId === undefined){
const err13 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema13.required,parentSchema:schema13,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.adminPassword === undefined){
const err14 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema13.required,parentSchema:schema13,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!(func5.call(schema13.properties, key1))){
const err15 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data:data4};
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
if(func2(data5) > 90){
const err16 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema13.properties.resourceGroupName,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func2(data5) < 1){
const err17 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.resourceGroupName,data:data5};
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
const err18 = {instancePath:instancePath+"/vm/resourceGroupName",schemaPath:"windows-vm.schema.json/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.resourceGroupName.type,parentSchema:schema13.properties.resourceGroupName,data:data5};
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
if(!pattern4.test(data6)){
const err19 = {instancePath:instancePath+"/vm/subnetId",schemaPath:"windows-vm.schema.json/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema13.properties.subnetId,data:data6};
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
const err20 = {instancePath:instancePath+"/vm/subnetId",schemaPath:"windows-vm.schema.json/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.subnetId.type,parentSchema:schema13.properties.subnetId,data:data6};
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
if(func2(data7) > 123){
const err21 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema13.properties.adminPassword,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(func2(data7) < 12){
const err22 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema13.properties.adminPassword,data:data7};
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
const err23 = {instancePath:instancePath+"/vm/adminPassword",schemaPath:"windows-vm.schema.json/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.adminPassword.type,parentSchema:schema13.properties.adminPassword,data:data7};
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
if(func2(data8) > 20){
const err24 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema13.properties.adminUsername,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(func2(data8) < 1){
const err25 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.adminUsername,data:data8};
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
const err26 = {instancePath:instancePath+"/vm/adminUsername",schemaPath:"windows-vm.schema.json/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.adminUsername.type,parentSchema:schema13.properties.adminUsername,data:data8};
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
if(func2(data9) < 1){
const err27 = {instancePath:instancePath+"/vm/location",schemaPath:"windows-vm.schema.json/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.location,data:data9};
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
const err28 = {instancePath:instancePath+"/vm/location",schemaPath:"windows-vm.schema.json/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.location.type,parentSchema:schema13.properties.location,data:data9};
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
if(!pattern5.test(data10)){
const err29 = {instancePath:instancePath+"/vm/size",schemaPath:"windows-vm.schema.json/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema13.properties.size,data:data10};
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
const err30 = {instancePath:instancePath+"/vm/size",schemaPath:"windows-vm.schema.json/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.size.type,parentSchema:schema13.properties.size,data:data10};
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
const err31 = {instancePath:instancePath+"/vm/core",schemaPath:"windows-vm.schema.json/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.core.type,parentSchema:schema13.properties.core,data:data11};
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
const err32 = {instancePath:instancePath+"/vm/osDiskType",schemaPath:"windows-vm.schema.json/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema13.properties.osDiskType.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.osDiskType.enum,parentSchema:schema13.properties.osDiskType,data:data12};
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
const err33 = {instancePath:instancePath+"/vm/licenseType",schemaPath:"windows-vm.schema.json/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema13.properties.licenseType.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.licenseType.enum,parentSchema:schema13.properties.licenseType,data:data13};
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
const err34 = {instancePath:instancePath+"/vm/encryptionAtHost",schemaPath:"windows-vm.schema.json/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.encryptionAtHost.type,parentSchema:schema13.properties.encryptionAtHost,data:data14};
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
const err35 = {instancePath:instancePath+"/vm/tags/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"windows-vm.schema.json/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.tags.additionalProperties.type,parentSchema:schema13.properties.tags.additionalProperties,data:data16};
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
const err36 = {instancePath:instancePath+"/vm/tags",schemaPath:"windows-vm.schema.json/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.tags.type,parentSchema:schema13.properties.tags,data:data15};
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
const err37 = {instancePath:instancePath+"/vm",schemaPath:"windows-vm.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data:data4};
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
if(!pattern12.test(data17)){
const err38 = {instancePath:instancePath+"/azureVmId",schemaPath:"#/properties/azureVmId/pattern",keyword:"pattern",params:{pattern: "^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"},message:"must match pattern \""+"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"+"\"",schema:"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$",parentSchema:schema26.properties.azureVmId,data:data17};
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
const err39 = {instancePath:instancePath+"/azureVmId",schemaPath:"#/properties/azureVmId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.azureVmId.type,parentSchema:schema26.properties.azureVmId,data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.ssh !== undefined){
if(!(validate14(data.ssh, {instancePath:instancePath+"/ssh",parentData:data,parentDataProperty:"ssh",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.computerName !== undefined){
let data19 = data.computerName;
if(typeof data19 === "string"){
if(!pattern17.test(data19)){
const err40 = {instancePath:instancePath+"/computerName",schemaPath:"#/properties/computerName/pattern",keyword:"pattern",params:{pattern: "^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$"},message:"must match pattern \""+"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$"+"\"",schema:"^(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?$",parentSchema:schema26.properties.computerName,data:data19};
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
const err41 = {instancePath:instancePath+"/computerName",schemaPath:"#/properties/computerName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.computerName.type,parentSchema:schema26.properties.computerName,data:data19};
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
let data20 = data.clientPrefixes;
if(Array.isArray(data20)){
const len0 = data20.length;
for(let i0=0; i0<len0; i0++){
let data21 = data20[i0];
if(typeof data21 === "string"){
if(!pattern18.test(data21)){
const err42 = {instancePath:instancePath+"/clientPrefixes/" + i0,schemaPath:"#/properties/clientPrefixes/items/pattern",keyword:"pattern",params:{pattern: "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(/([12]?[0-9]|3[0-2]))?$|^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$"},message:"must match pattern \""+"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(/([12]?[0-9]|3[0-2]))?$|^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$"+"\"",schema:"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(/([12]?[0-9]|3[0-2]))?$|^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$",parentSchema:schema26.properties.clientPrefixes.items,data:data21};
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
const err43 = {instancePath:instancePath+"/clientPrefixes/" + i0,schemaPath:"#/properties/clientPrefixes/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.clientPrefixes.items.type,parentSchema:schema26.properties.clientPrefixes.items,data:data21};
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
const err44 = {instancePath:instancePath+"/clientPrefixes",schemaPath:"#/properties/clientPrefixes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.clientPrefixes.type,parentSchema:schema26.properties.clientPrefixes,data:data20};
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
let data22 = data.srvRecords;
if(Array.isArray(data22)){
const len1 = data22.length;
for(let i1=0; i1<len1; i1++){
if(!(validate16(data22[i1], {instancePath:instancePath+"/srvRecords/" + i1,parentData:data22,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/srvRecords",schemaPath:"#/properties/srvRecords/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.srvRecords.type,parentSchema:schema26.properties.srvRecords,data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.dnsPublishing !== undefined){
let data24 = data.dnsPublishing;
if(!((data24 === "package") || (data24 === "host"))){
const err46 = {instancePath:instancePath+"/dnsPublishing",schemaPath:"#/properties/dnsPublishing/enum",keyword:"enum",params:{allowedValues: schema26.properties.dnsPublishing.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.dnsPublishing.enum,parentSchema:schema26.properties.dnsPublishing,data:data24};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.port !== undefined){
let data25 = data.port;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err47 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.port.type,parentSchema:schema26.properties.port,data:data25};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 65535 || isNaN(data25)){
const err48 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema26.properties.port,data:data25};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data25 < 1 || isNaN(data25)){
const err49 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema26.properties.port,data:data25};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data.activationIntervalMinutes !== undefined){
let data26 = data.activationIntervalMinutes;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
const err50 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.activationIntervalMinutes.type,parentSchema:schema26.properties.activationIntervalMinutes,data:data26};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 43200 || isNaN(data26)){
const err51 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 43200},message:"must be <= 43200",schema:43200,parentSchema:schema26.properties.activationIntervalMinutes,data:data26};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data26 < 15 || isNaN(data26)){
const err52 = {instancePath:instancePath+"/activationIntervalMinutes",schemaPath:"#/properties/activationIntervalMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 15},message:"must be >= 15",schema:15,parentSchema:schema26.properties.activationIntervalMinutes,data:data26};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
if(data.renewalIntervalMinutes !== undefined){
let data27 = data.renewalIntervalMinutes;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err53 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.renewalIntervalMinutes.type,parentSchema:schema26.properties.renewalIntervalMinutes,data:data27};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 43200 || isNaN(data27)){
const err54 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 43200},message:"must be <= 43200",schema:43200,parentSchema:schema26.properties.renewalIntervalMinutes,data:data27};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data27 < 15 || isNaN(data27)){
const err55 = {instancePath:instancePath+"/renewalIntervalMinutes",schemaPath:"#/properties/renewalIntervalMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 15},message:"must be >= 15",schema:15,parentSchema:schema26.properties.renewalIntervalMinutes,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
if(data.lowPriority !== undefined){
let data28 = data.lowPriority;
if(typeof data28 !== "boolean"){
const err56 = {instancePath:instancePath+"/lowPriority",schemaPath:"#/properties/lowPriority/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.lowPriority.type,parentSchema:schema26.properties.lowPriority,data:data28};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.firewallProfiles !== undefined){
let data29 = data.firewallProfiles;
if(Array.isArray(data29)){
if(data29.length < 1){
const err57 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.firewallProfiles,data:data29};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
const len2 = data29.length;
for(let i2=0; i2<len2; i2++){
let data30 = data29[i2];
if(!(((data30 === "Domain") || (data30 === "Private")) || (data30 === "Public"))){
const err58 = {instancePath:instancePath+"/firewallProfiles/" + i2,schemaPath:"#/properties/firewallProfiles/items/enum",keyword:"enum",params:{allowedValues: schema26.properties.firewallProfiles.items.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.firewallProfiles.items.enum,parentSchema:schema26.properties.firewallProfiles.items,data:data30};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
let i3 = data29.length;
let j0;
if(i3 > 1){
outer0:
for(;i3--;){
for(j0 = i3; j0--;){
if(func0(data29[i3], data29[j0])){
const err59 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema26.properties.firewallProfiles,data:data29};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err60 = {instancePath:instancePath+"/firewallProfiles",schemaPath:"#/properties/firewallProfiles/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.firewallProfiles.type,parentSchema:schema26.properties.firewallProfiles,data:data29};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data.deadlineMinutes !== undefined){
let data31 = data.deadlineMinutes;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err61 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.deadlineMinutes.type,parentSchema:schema26.properties.deadlineMinutes,data:data31};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 > 720 || isNaN(data31)){
const err62 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 720},message:"must be <= 720",schema:720,parentSchema:schema26.properties.deadlineMinutes,data:data31};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data31 < 5 || isNaN(data31)){
const err63 = {instancePath:instancePath+"/deadlineMinutes",schemaPath:"#/properties/deadlineMinutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 5},message:"must be >= 5",schema:5,parentSchema:schema26.properties.deadlineMinutes,data:data31};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
if(data.updates !== undefined){
let data32 = data.updates;
if(Array.isArray(data32)){
const len3 = data32.length;
for(let i4=0; i4<len3; i4++){
let data33 = data32[i4];
if(typeof data33 === "string"){
if(!pattern25.test(data33)){
const err64 = {instancePath:instancePath+"/updates/" + i4,schemaPath:"#/properties/updates/items/pattern",keyword:"pattern",params:{pattern: "^KB[0-9]{6,7}$"},message:"must match pattern \""+"^KB[0-9]{6,7}$"+"\"",schema:"^KB[0-9]{6,7}$",parentSchema:schema26.properties.updates.items,data:data33};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/updates/" + i4,schemaPath:"#/properties/updates/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.updates.items.type,parentSchema:schema26.properties.updates.items,data:data33};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/updates",schemaPath:"#/properties/updates/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.updates.type,parentSchema:schema26.properties.updates,data:data32};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.osBuild !== undefined){
let data34 = data.osBuild;
if(typeof data34 === "string"){
if(!pattern26.test(data34)){
const err67 = {instancePath:instancePath+"/osBuild",schemaPath:"#/properties/osBuild/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4,5}\\.[0-9]{1,5}$"},message:"must match pattern \""+"^[0-9]{4,5}\\.[0-9]{1,5}$"+"\"",schema:"^[0-9]{4,5}\\.[0-9]{1,5}$",parentSchema:schema26.properties.osBuild,data:data34};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/osBuild",schemaPath:"#/properties/osBuild/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.osBuild.type,parentSchema:schema26.properties.osBuild,data:data34};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.image !== undefined){
let data35 = data.image;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key3 in data35){
if(!(((key3 === "evaluation") || (key3 === "generalized")) || (key3 === "skipRearm"))){
const err69 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data:data35};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data35.evaluation !== undefined){
let data36 = data35.evaluation;
if(typeof data36 !== "boolean"){
const err70 = {instancePath:instancePath+"/image/evaluation",schemaPath:"machine-facts.schema.json#/definitions/image/properties/evaluation/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.evaluation.type,parentSchema:schema42.properties.evaluation,data:data36};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data35.generalized !== undefined){
let data37 = data35.generalized;
if(typeof data37 !== "boolean"){
const err71 = {instancePath:instancePath+"/image/generalized",schemaPath:"machine-facts.schema.json#/definitions/image/properties/generalized/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.generalized.type,parentSchema:schema42.properties.generalized,data:data37};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data35.skipRearm !== undefined){
let data38 = data35.skipRearm;
if(typeof data38 !== "boolean"){
const err72 = {instancePath:instancePath+"/image/skipRearm",schemaPath:"machine-facts.schema.json#/definitions/image/properties/skipRearm/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema42.properties.skipRearm.type,parentSchema:schema42.properties.skipRearm,data:data38};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/image",schemaPath:"machine-facts.schema.json#/definitions/image/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data:data35};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.network !== undefined){
let data39 = data.network;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key4 in data39){
if(!((((((key4 === "privateSubnet") || (key4 === "outbound")) || (key4 === "defaultRoute")) || (key4 === "firewallApplicationRules")) || (key4 === "firewallNetworkRules")) || (key4 === "dnsServers"))){
const err74 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data:data39};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data39.privateSubnet !== undefined){
let data40 = data39.privateSubnet;
if(typeof data40 !== "boolean"){
const err75 = {instancePath:instancePath+"/network/privateSubnet",schemaPath:"machine-facts.schema.json#/definitions/network/properties/privateSubnet/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema43.properties.privateSubnet.type,parentSchema:schema43.properties.privateSubnet,data:data40};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data39.outbound !== undefined){
let data41 = data39.outbound;
if(!(((((data41 === "none") || (data41 === "natGateway")) || (data41 === "loadBalancer")) || (data41 === "firewall")) || (data41 === "publicAddress"))){
const err76 = {instancePath:instancePath+"/network/outbound",schemaPath:"machine-facts.schema.json#/definitions/network/properties/outbound/enum",keyword:"enum",params:{allowedValues: schema43.properties.outbound.enum},message:"must be equal to one of the allowed values",schema:schema43.properties.outbound.enum,parentSchema:schema43.properties.outbound,data:data41};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data39.defaultRoute !== undefined){
let data42 = data39.defaultRoute;
if(!(((((data42 === "Internet") || (data42 === "VirtualAppliance")) || (data42 === "VirtualNetworkGateway")) || (data42 === "VnetLocal")) || (data42 === "None"))){
const err77 = {instancePath:instancePath+"/network/defaultRoute",schemaPath:"machine-facts.schema.json#/definitions/network/properties/defaultRoute/enum",keyword:"enum",params:{allowedValues: schema43.properties.defaultRoute.enum},message:"must be equal to one of the allowed values",schema:schema43.properties.defaultRoute.enum,parentSchema:schema43.properties.defaultRoute,data:data42};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data39.firewallApplicationRules !== undefined){
let data43 = data39.firewallApplicationRules;
if(Array.isArray(data43)){
const len4 = data43.length;
for(let i5=0; i5<len4; i5++){
let data44 = data43[i5];
if(typeof data44 === "string"){
if(func2(data44) < 1){
const err78 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.firewallApplicationRules.items,data:data44};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/network/firewallApplicationRules/" + i5,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.firewallApplicationRules.items.type,parentSchema:schema43.properties.firewallApplicationRules.items,data:data44};
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
else {
const err80 = {instancePath:instancePath+"/network/firewallApplicationRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallApplicationRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.firewallApplicationRules.type,parentSchema:schema43.properties.firewallApplicationRules,data:data43};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data39.firewallNetworkRules !== undefined){
let data45 = data39.firewallNetworkRules;
if(Array.isArray(data45)){
const len5 = data45.length;
for(let i6=0; i6<len5; i6++){
let data46 = data45[i6];
if(typeof data46 === "string"){
if(func2(data46) < 1){
const err81 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i6,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.firewallNetworkRules.items,data:data46};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/network/firewallNetworkRules/" + i6,schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.firewallNetworkRules.items.type,parentSchema:schema43.properties.firewallNetworkRules.items,data:data46};
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
const err83 = {instancePath:instancePath+"/network/firewallNetworkRules",schemaPath:"machine-facts.schema.json#/definitions/network/properties/firewallNetworkRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.firewallNetworkRules.type,parentSchema:schema43.properties.firewallNetworkRules,data:data45};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data39.dnsServers !== undefined){
let data47 = data39.dnsServers;
if(Array.isArray(data47)){
const len6 = data47.length;
for(let i7=0; i7<len6; i7++){
let data48 = data47[i7];
if(typeof data48 === "string"){
if(func2(data48) < 1){
const err84 = {instancePath:instancePath+"/network/dnsServers/" + i7,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.dnsServers.items,data:data48};
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
const err85 = {instancePath:instancePath+"/network/dnsServers/" + i7,schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.dnsServers.items.type,parentSchema:schema43.properties.dnsServers.items,data:data48};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/network/dnsServers",schemaPath:"machine-facts.schema.json#/definitions/network/properties/dnsServers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.dnsServers.type,parentSchema:schema43.properties.dnsServers,data:data47};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
else {
const err87 = {instancePath:instancePath+"/network",schemaPath:"machine-facts.schema.json#/definitions/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data:data39};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.hostLimitException !== undefined){
let data49 = data.hostLimitException;
if(data49 && typeof data49 == "object" && !Array.isArray(data49)){
if(data49.hosts === undefined){
const err88 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema26.properties.hostLimitException.required,parentSchema:schema26.properties.hostLimitException,data:data49};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(data49.reference === undefined){
const err89 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "reference"},message:"must have required property '"+"reference"+"'",schema:schema26.properties.hostLimitException.required,parentSchema:schema26.properties.hostLimitException,data:data49};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
for(const key5 in data49){
if(!((key5 === "hosts") || (key5 === "reference"))){
const err90 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.hostLimitException,data:data49};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data49.hosts !== undefined){
let data50 = data49.hosts;
if(!(((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50))) && (isFinite(data50)))){
const err91 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.hostLimitException.properties.hosts.type,parentSchema:schema26.properties.hostLimitException.properties.hosts,data:data50};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 > 10000 || isNaN(data50)){
const err92 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema26.properties.hostLimitException.properties.hosts,data:data50};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(data50 < 7 || isNaN(data50)){
const err93 = {instancePath:instancePath+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 7},message:"must be >= 7",schema:7,parentSchema:schema26.properties.hostLimitException.properties.hosts,data:data50};
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
if(data49.reference !== undefined){
let data51 = data49.reference;
if(typeof data51 === "string"){
if(func2(data51) < 1){
const err94 = {instancePath:instancePath+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.hostLimitException.properties.reference,data:data51};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.hostLimitException.properties.reference.type,parentSchema:schema26.properties.hostLimitException.properties.reference,data:data51};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/hostLimitException",schemaPath:"#/properties/hostLimitException/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.hostLimitException.type,parentSchema:schema26.properties.hostLimitException,data:data49};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.strict !== undefined){
let data52 = data.strict;
if(typeof data52 !== "boolean"){
const err97 = {instancePath:instancePath+"/strict",schemaPath:"#/properties/strict/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.strict.type,parentSchema:schema26.properties.strict,data:data52};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.acknowledge !== undefined){
let data53 = data.acknowledge;
if(Array.isArray(data53)){
const len7 = data53.length;
for(let i8=0; i8<len7; i8++){
let data54 = data53[i8];
if(typeof data54 === "string"){
if(!pattern27.test(data54)){
const err98 = {instancePath:instancePath+"/acknowledge/" + i8,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/pattern",keyword:"pattern",params:{pattern: "^KMS[0-9]{4}$"},message:"must match pattern \""+"^KMS[0-9]{4}$"+"\"",schema:"^KMS[0-9]{4}$",parentSchema:schema44.items,data:data54};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/acknowledge/" + i8,schemaPath:"machine-facts.schema.json#/definitions/acknowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.items.type,parentSchema:schema44.items,data:data54};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
else {
const err100 = {instancePath:instancePath+"/acknowledge",schemaPath:"machine-facts.schema.json#/definitions/acknowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.type,parentSchema:schema44,data:data53};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data.activation !== undefined){
let data55 = data.activation;
if(!(((data55 === "online") || (data55 === "offline")) || (data55 === "none"))){
const err101 = {instancePath:instancePath+"/activation",schemaPath:"#/properties/activation/enum",keyword:"enum",params:{allowedValues: schema26.properties.activation.enum},message:"must be equal to one of the allowed values",schema:schema26.properties.activation.enum,parentSchema:schema26.properties.activation,data:data55};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data.confirmationId !== undefined){
let data56 = data.confirmationId;
if(typeof data56 === "string"){
if(!pattern28.test(data56)){
const err102 = {instancePath:instancePath+"/confirmationId",schemaPath:"#/properties/confirmationId/pattern",keyword:"pattern",params:{pattern: "^([0-9]{6,7}-?){6,8}$"},message:"must match pattern \""+"^([0-9]{6,7}-?){6,8}$"+"\"",schema:"^([0-9]{6,7}-?){6,8}$",parentSchema:schema26.properties.confirmationId,data:data56};
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
const err103 = {instancePath:instancePath+"/confirmationId",schemaPath:"#/properties/confirmationId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.confirmationId.type,parentSchema:schema26.properties.confirmationId,data:data56};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data.activationsSpent !== undefined){
let data57 = data.activationsSpent;
if(data57 && typeof data57 == "object" && !Array.isArray(data57)){
if(data57.hosts === undefined){
const err104 = {instancePath:instancePath+"/activationsSpent",schemaPath:"#/properties/activationsSpent/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema26.properties.activationsSpent.required,parentSchema:schema26.properties.activationsSpent,data:data57};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(data57.activations === undefined){
const err105 = {instancePath:instancePath+"/activationsSpent",schemaPath:"#/properties/activationsSpent/required",keyword:"required",params:{missingProperty: "activations"},message:"must have required property '"+"activations"+"'",schema:schema26.properties.activationsSpent.required,parentSchema:schema26.properties.activationsSpent,data:data57};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
for(const key6 in data57){
if(!((key6 === "hosts") || (key6 === "activations"))){
const err106 = {instancePath:instancePath+"/activationsSpent",schemaPath:"#/properties/activationsSpent/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.activationsSpent,data:data57};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data57.hosts !== undefined){
let data58 = data57.hosts;
if(!(((typeof data58 == "number") && (!(data58 % 1) && !isNaN(data58))) && (isFinite(data58)))){
const err107 = {instancePath:instancePath+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.activationsSpent.properties.hosts.type,parentSchema:schema26.properties.activationsSpent.properties.hosts,data:data58};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 > 100000 || isNaN(data58)){
const err108 = {instancePath:instancePath+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema26.properties.activationsSpent.properties.hosts,data:data58};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if(data58 < 0 || isNaN(data58)){
const err109 = {instancePath:instancePath+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.activationsSpent.properties.hosts,data:data58};
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
if(data57.activations !== undefined){
let data59 = data57.activations;
if(!(((typeof data59 == "number") && (!(data59 % 1) && !isNaN(data59))) && (isFinite(data59)))){
const err110 = {instancePath:instancePath+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.activationsSpent.properties.activations.type,parentSchema:schema26.properties.activationsSpent.properties.activations,data:data59};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if((typeof data59 == "number") && (isFinite(data59))){
if(data59 > 100000 || isNaN(data59)){
const err111 = {instancePath:instancePath+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema26.properties.activationsSpent.properties.activations,data:data59};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(data59 < 0 || isNaN(data59)){
const err112 = {instancePath:instancePath+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.activationsSpent.properties.activations,data:data59};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
}
}
else {
const err113 = {instancePath:instancePath+"/activationsSpent",schemaPath:"#/properties/activationsSpent/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.activationsSpent.type,parentSchema:schema26.properties.activationsSpent,data:data57};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data.ledger !== undefined){
let data60 = data.ledger;
if(typeof data60 === "string"){
if(!pattern29.test(data60)){
const err114 = {instancePath:instancePath+"/ledger",schemaPath:"#/properties/ledger/pattern",keyword:"pattern",params:{pattern: "^(file|azblob)://.+"},message:"must match pattern \""+"^(file|azblob)://.+"+"\"",schema:"^(file|azblob)://.+",parentSchema:schema26.properties.ledger,data:data60};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
else {
const err115 = {instancePath:instancePath+"/ledger",schemaPath:"#/properties/ledger/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.ledger.type,parentSchema:schema26.properties.ledger,data:data60};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data.adopt !== undefined){
let data61 = data.adopt;
if(typeof data61 !== "boolean"){
const err116 = {instancePath:instancePath+"/adopt",schemaPath:"#/properties/adopt/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.adopt.type,parentSchema:schema26.properties.adopt,data:data61};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.officeKeys !== undefined){
let data62 = data.officeKeys;
if(Array.isArray(data62)){
const len8 = data62.length;
for(let i9=0; i9<len8; i9++){
let data63 = data62[i9];
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
if(data63.office === undefined){
const err117 = {instancePath:instancePath+"/officeKeys/" + i9,schemaPath:"#/properties/officeKeys/items/required",keyword:"required",params:{missingProperty: "office"},message:"must have required property '"+"office"+"'",schema:schema26.properties.officeKeys.items.required,parentSchema:schema26.properties.officeKeys.items,data:data63};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if(data63.productKey === undefined){
const err118 = {instancePath:instancePath+"/officeKeys/" + i9,schemaPath:"#/properties/officeKeys/items/required",keyword:"required",params:{missingProperty: "productKey"},message:"must have required property '"+"productKey"+"'",schema:schema26.properties.officeKeys.items.required,parentSchema:schema26.properties.officeKeys.items,data:data63};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
for(const key7 in data63){
if(!((((((key7 === "office") || (key7 === "productKey")) || (key7 === "activation")) || (key7 === "confirmationId")) || (key7 === "activationsSpent")) || (key7 === "hostLimitException"))){
const err119 = {instancePath:instancePath+"/officeKeys/" + i9,schemaPath:"#/properties/officeKeys/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.officeKeys.items,data:data63};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data63.office !== undefined){
let data64 = data63.office;
if(typeof data64 === "string"){
if(func2(data64) < 1){
const err120 = {instancePath:instancePath+"/officeKeys/" + i9+"/office",schemaPath:"#/properties/officeKeys/items/properties/office/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26.properties.officeKeys.items.properties.office,data:data64};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/officeKeys/" + i9+"/office",schemaPath:"#/properties/officeKeys/items/properties/office/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.officeKeys.items.properties.office.type,parentSchema:schema26.properties.officeKeys.items.properties.office,data:data64};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data63.productKey !== undefined){
let data65 = data63.productKey;
if(typeof data65 === "string"){
if(func2(data65) < 1){
const err122 = {instancePath:instancePath+"/officeKeys/" + i9+"/productKey",schemaPath:"#/properties/productKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema45,data:data65};
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
const err123 = {instancePath:instancePath+"/officeKeys/" + i9+"/productKey",schemaPath:"#/properties/productKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data65};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data63.activation !== undefined){
let data66 = data63.activation;
if(!(((data66 === "online") || (data66 === "offline")) || (data66 === "none"))){
const err124 = {instancePath:instancePath+"/officeKeys/" + i9+"/activation",schemaPath:"#/properties/activation/enum",keyword:"enum",params:{allowedValues: schema46.enum},message:"must be equal to one of the allowed values",schema:schema46.enum,parentSchema:schema46,data:data66};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data63.confirmationId !== undefined){
let data67 = data63.confirmationId;
if(typeof data67 === "string"){
if(!pattern28.test(data67)){
const err125 = {instancePath:instancePath+"/officeKeys/" + i9+"/confirmationId",schemaPath:"#/properties/confirmationId/pattern",keyword:"pattern",params:{pattern: "^([0-9]{6,7}-?){6,8}$"},message:"must match pattern \""+"^([0-9]{6,7}-?){6,8}$"+"\"",schema:"^([0-9]{6,7}-?){6,8}$",parentSchema:schema47,data:data67};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
else {
const err126 = {instancePath:instancePath+"/officeKeys/" + i9+"/confirmationId",schemaPath:"#/properties/confirmationId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.type,parentSchema:schema47,data:data67};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data63.activationsSpent !== undefined){
let data68 = data63.activationsSpent;
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
if(data68.hosts === undefined){
const err127 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent",schemaPath:"#/properties/activationsSpent/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema48.required,parentSchema:schema48,data:data68};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
if(data68.activations === undefined){
const err128 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent",schemaPath:"#/properties/activationsSpent/required",keyword:"required",params:{missingProperty: "activations"},message:"must have required property '"+"activations"+"'",schema:schema48.required,parentSchema:schema48,data:data68};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
for(const key8 in data68){
if(!((key8 === "hosts") || (key8 === "activations"))){
const err129 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent",schemaPath:"#/properties/activationsSpent/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema48,data:data68};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data68.hosts !== undefined){
let data69 = data68.hosts;
if(!(((typeof data69 == "number") && (!(data69 % 1) && !isNaN(data69))) && (isFinite(data69)))){
const err130 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.properties.hosts.type,parentSchema:schema48.properties.hosts,data:data69};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if((typeof data69 == "number") && (isFinite(data69))){
if(data69 > 100000 || isNaN(data69)){
const err131 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema48.properties.hosts,data:data69};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if(data69 < 0 || isNaN(data69)){
const err132 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/hosts",schemaPath:"#/properties/activationsSpent/properties/hosts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema48.properties.hosts,data:data69};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
}
if(data68.activations !== undefined){
let data70 = data68.activations;
if(!(((typeof data70 == "number") && (!(data70 % 1) && !isNaN(data70))) && (isFinite(data70)))){
const err133 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.properties.activations.type,parentSchema:schema48.properties.activations,data:data70};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if((typeof data70 == "number") && (isFinite(data70))){
if(data70 > 100000 || isNaN(data70)){
const err134 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema48.properties.activations,data:data70};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data70 < 0 || isNaN(data70)){
const err135 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent/activations",schemaPath:"#/properties/activationsSpent/properties/activations/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema48.properties.activations,data:data70};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
}
}
else {
const err136 = {instancePath:instancePath+"/officeKeys/" + i9+"/activationsSpent",schemaPath:"#/properties/activationsSpent/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data:data68};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data63.hostLimitException !== undefined){
let data71 = data63.hostLimitException;
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
if(data71.hosts === undefined){
const err137 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema49.required,parentSchema:schema49,data:data71};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
if(data71.reference === undefined){
const err138 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException",schemaPath:"#/properties/hostLimitException/required",keyword:"required",params:{missingProperty: "reference"},message:"must have required property '"+"reference"+"'",schema:schema49.required,parentSchema:schema49,data:data71};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
for(const key9 in data71){
if(!((key9 === "hosts") || (key9 === "reference"))){
const err139 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException",schemaPath:"#/properties/hostLimitException/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema49,data:data71};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data71.hosts !== undefined){
let data72 = data71.hosts;
if(!(((typeof data72 == "number") && (!(data72 % 1) && !isNaN(data72))) && (isFinite(data72)))){
const err140 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema49.properties.hosts.type,parentSchema:schema49.properties.hosts,data:data72};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if((typeof data72 == "number") && (isFinite(data72))){
if(data72 > 10000 || isNaN(data72)){
const err141 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema49.properties.hosts,data:data72};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if(data72 < 7 || isNaN(data72)){
const err142 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException/hosts",schemaPath:"#/properties/hostLimitException/properties/hosts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 7},message:"must be >= 7",schema:7,parentSchema:schema49.properties.hosts,data:data72};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
if(data71.reference !== undefined){
let data73 = data71.reference;
if(typeof data73 === "string"){
if(func2(data73) < 1){
const err143 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema49.properties.reference,data:data73};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
else {
const err144 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException/reference",schemaPath:"#/properties/hostLimitException/properties/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.properties.reference.type,parentSchema:schema49.properties.reference,data:data73};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
}
else {
const err145 = {instancePath:instancePath+"/officeKeys/" + i9+"/hostLimitException",schemaPath:"#/properties/hostLimitException/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data:data71};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
}
else {
const err146 = {instancePath:instancePath+"/officeKeys/" + i9,schemaPath:"#/properties/officeKeys/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.officeKeys.items.type,parentSchema:schema26.properties.officeKeys.items,data:data63};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
}
else {
const err147 = {instancePath:instancePath+"/officeKeys",schemaPath:"#/properties/officeKeys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.officeKeys.type,parentSchema:schema26.properties.officeKeys,data:data62};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
}
else {
const err148 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

exports.kmsHostLookupArgs = validate20;
const schema66 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"kms-host-lookup-args.schema.json","type":"object","additionalProperties":false,"required":["keyGroup","os"],"properties":{"keyGroup":{"$ref":"kms-host-args.schema.json#/properties/keyGroup"},"os":{"$ref":"kms-host-args.schema.json#/properties/os"},"azureVmId":{"$ref":"kms-host-args.schema.json#/properties/azureVmId"},"ssh":{"$ref":"ssh.schema.json"},"fqdn":{"type":"string","maxLength":253,"pattern":"^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$","description":"a full DNS name without a final period, or an address, for example kms.corp.example"},"zoneNames":{"type":"array","items":{"$ref":"dns-update.schema.json#/properties/zoneName"},"description":"a list of DNS zones"},"port":{"$ref":"kms-host-args.schema.json#/properties/port"},"officeVersions":{"type":"array","items":{"$ref":"kms-host-args.schema.json#/properties/officeKeys/items/properties/office"},"description":"a list of Office versions, for example [\"LTSC 2024\"]"},"updates":{"$ref":"kms-host-args.schema.json#/properties/updates"},"osBuild":{"$ref":"kms-host-args.schema.json#/properties/osBuild"},"strict":{"$ref":"kms-host-args.schema.json#/properties/strict"},"acknowledge":{"$ref":"kms-host-args.schema.json#/properties/acknowledge"}},"description":"a KMS host that exists"};
const schema67 = {"type":"string","minLength":1,"description":"a product key group, a value of KeyGroup"};
const schema68 = {"type":"string","minLength":1,"description":"an operating system, a value of OperatingSystem"};
const schema70 = {"type":"string","maxLength":241,"pattern":"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$","description":"a DNS zone of at least two labels without a final period, for example corp.example"};
const schema71 = {"type":"integer","minimum":1,"maximum":65535,"description":"a whole number from 1 to 65535"};
const schema72 = {"type":"string","minLength":1,"description":"an Office version, for example LTSC 2024"};
const schema73 = {"type":"array","items":{"type":"string","pattern":"^KB[0-9]{6,7}$","description":"the number of an update, for example KB3172614"},"description":"a list of updates"};
const schema74 = {"type":"string","pattern":"^[0-9]{4,5}\\.[0-9]{1,5}$","description":"a build with its revision, for example 20348.2322"};
const schema75 = {"type":"boolean","description":"true or false"};
const pattern40 = new RegExp("^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="kms-host-lookup-args.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.keyGroup === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "keyGroup"},message:"must have required property '"+"keyGroup"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.os === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "os"},message:"must have required property '"+"os"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func5.call(schema66.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.keyGroup !== undefined){
let data0 = data.keyGroup;
if(typeof data0 === "string"){
if(func2(data0) < 1){
const err3 = {instancePath:instancePath+"/keyGroup",schemaPath:"kms-host-args.schema.json#/properties/keyGroup/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema67,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/keyGroup",schemaPath:"kms-host-args.schema.json#/properties/keyGroup/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema67.type,parentSchema:schema67,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.os !== undefined){
let data1 = data.os;
if(typeof data1 === "string"){
if(func2(data1) < 1){
const err5 = {instancePath:instancePath+"/os",schemaPath:"kms-host-args.schema.json#/properties/os/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema68,data:data1};
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
const err6 = {instancePath:instancePath+"/os",schemaPath:"kms-host-args.schema.json#/properties/os/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.type,parentSchema:schema68,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.azureVmId !== undefined){
let data2 = data.azureVmId;
if(typeof data2 === "string"){
if(!pattern12.test(data2)){
const err7 = {instancePath:instancePath+"/azureVmId",schemaPath:"kms-host-args.schema.json#/properties/azureVmId/pattern",keyword:"pattern",params:{pattern: "^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"},message:"must match pattern \""+"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$"+"\"",schema:"^/[Ss]ubscriptions/[^/]+/resource[Gg]roups/[^/]+/providers/[Mm]icrosoft\\.[Cc]ompute/virtual[Mm]achines/[^/]+$",parentSchema:schema50,data:data2};
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
const err8 = {instancePath:instancePath+"/azureVmId",schemaPath:"kms-host-args.schema.json#/properties/azureVmId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.type,parentSchema:schema50,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.ssh !== undefined){
if(!(validate14(data.ssh, {instancePath:instancePath+"/ssh",parentData:data,parentDataProperty:"ssh",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.fqdn !== undefined){
let data4 = data.fqdn;
if(typeof data4 === "string"){
if(func2(data4) > 253){
const err9 = {instancePath:instancePath+"/fqdn",schemaPath:"#/properties/fqdn/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema66.properties.fqdn,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!pattern40.test(data4)){
const err10 = {instancePath:instancePath+"/fqdn",schemaPath:"#/properties/fqdn/pattern",keyword:"pattern",params:{pattern: "^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$"},message:"must match pattern \""+"^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$"+"\"",schema:"^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,5}(:[0-9A-Fa-f]{1,4}){1,2}|([0-9A-Fa-f]{1,4}:){1,4}(:[0-9A-Fa-f]{1,4}){1,3}|([0-9A-Fa-f]{1,4}:){1,3}(:[0-9A-Fa-f]{1,4}){1,4}|([0-9A-Fa-f]{1,4}:){1,2}(:[0-9A-Fa-f]{1,4}){1,5}|[0-9A-Fa-f]{1,4}:(:[0-9A-Fa-f]{1,4}){1,6}|:((:[0-9A-Fa-f]{1,4}){1,7}|:))|(?![0-9.]+$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$",parentSchema:schema66.properties.fqdn,data:data4};
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
const err11 = {instancePath:instancePath+"/fqdn",schemaPath:"#/properties/fqdn/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.fqdn.type,parentSchema:schema66.properties.fqdn,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.zoneNames !== undefined){
let data5 = data.zoneNames;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(func2(data6) > 241){
const err12 = {instancePath:instancePath+"/zoneNames/" + i0,schemaPath:"dns-update.schema.json#/properties/zoneName/maxLength",keyword:"maxLength",params:{limit: 241},message:"must NOT have more than 241 characters",schema:241,parentSchema:schema70,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!pattern0.test(data6)){
const err13 = {instancePath:instancePath+"/zoneNames/" + i0,schemaPath:"dns-update.schema.json#/properties/zoneName/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",parentSchema:schema70,data:data6};
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
const err14 = {instancePath:instancePath+"/zoneNames/" + i0,schemaPath:"dns-update.schema.json#/properties/zoneName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/zoneNames",schemaPath:"#/properties/zoneNames/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.zoneNames.type,parentSchema:schema66.properties.zoneNames,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.port !== undefined){
let data7 = data.port;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err16 = {instancePath:instancePath+"/port",schemaPath:"kms-host-args.schema.json#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema71.type,parentSchema:schema71,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 65535 || isNaN(data7)){
const err17 = {instancePath:instancePath+"/port",schemaPath:"kms-host-args.schema.json#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema71,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data7 < 1 || isNaN(data7)){
const err18 = {instancePath:instancePath+"/port",schemaPath:"kms-host-args.schema.json#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema71,data:data7};
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
if(data.officeVersions !== undefined){
let data8 = data.officeVersions;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(func2(data9) < 1){
const err19 = {instancePath:instancePath+"/officeVersions/" + i1,schemaPath:"kms-host-args.schema.json#/properties/officeKeys/items/properties/office/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema72,data:data9};
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
const err20 = {instancePath:instancePath+"/officeVersions/" + i1,schemaPath:"kms-host-args.schema.json#/properties/officeKeys/items/properties/office/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema72.type,parentSchema:schema72,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/officeVersions",schemaPath:"#/properties/officeVersions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.officeVersions.type,parentSchema:schema66.properties.officeVersions,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.updates !== undefined){
let data10 = data.updates;
if(Array.isArray(data10)){
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
if(typeof data11 === "string"){
if(!pattern25.test(data11)){
const err22 = {instancePath:instancePath+"/updates/" + i2,schemaPath:"kms-host-args.schema.json#/properties/updates/items/pattern",keyword:"pattern",params:{pattern: "^KB[0-9]{6,7}$"},message:"must match pattern \""+"^KB[0-9]{6,7}$"+"\"",schema:"^KB[0-9]{6,7}$",parentSchema:schema73.items,data:data11};
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
const err23 = {instancePath:instancePath+"/updates/" + i2,schemaPath:"kms-host-args.schema.json#/properties/updates/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.items.type,parentSchema:schema73.items,data:data11};
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
const err24 = {instancePath:instancePath+"/updates",schemaPath:"kms-host-args.schema.json#/properties/updates/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.type,parentSchema:schema73,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.osBuild !== undefined){
let data12 = data.osBuild;
if(typeof data12 === "string"){
if(!pattern26.test(data12)){
const err25 = {instancePath:instancePath+"/osBuild",schemaPath:"kms-host-args.schema.json#/properties/osBuild/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4,5}\\.[0-9]{1,5}$"},message:"must match pattern \""+"^[0-9]{4,5}\\.[0-9]{1,5}$"+"\"",schema:"^[0-9]{4,5}\\.[0-9]{1,5}$",parentSchema:schema74,data:data12};
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
const err26 = {instancePath:instancePath+"/osBuild",schemaPath:"kms-host-args.schema.json#/properties/osBuild/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.type,parentSchema:schema74,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.strict !== undefined){
let data13 = data.strict;
if(typeof data13 !== "boolean"){
const err27 = {instancePath:instancePath+"/strict",schemaPath:"kms-host-args.schema.json#/properties/strict/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema75.type,parentSchema:schema75,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.acknowledge !== undefined){
let data14 = data.acknowledge;
if(Array.isArray(data14)){
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
if(typeof data15 === "string"){
if(!pattern27.test(data15)){
const err28 = {instancePath:instancePath+"/acknowledge/" + i3,schemaPath:"kms-host-args.schema.json#/properties/acknowledge/items/pattern",keyword:"pattern",params:{pattern: "^KMS[0-9]{4}$"},message:"must match pattern \""+"^KMS[0-9]{4}$"+"\"",schema:"^KMS[0-9]{4}$",parentSchema:schema44.items,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/acknowledge/" + i3,schemaPath:"kms-host-args.schema.json#/properties/acknowledge/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.items.type,parentSchema:schema44.items,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/acknowledge",schemaPath:"kms-host-args.schema.json#/properties/acknowledge/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.type,parentSchema:schema44,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.type,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}

exports.machineFacts = validate18;
const schema41 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"machine-facts.schema.json","definitions":{"image":{"type":"object","additionalProperties":false,"properties":{"evaluation":{"type":"boolean","description":"true or false"},"generalized":{"type":"boolean","description":"true or false"},"skipRearm":{"type":"boolean","description":"true or false"}},"description":"what is known of an image"},"network":{"type":"object","additionalProperties":false,"properties":{"privateSubnet":{"type":"boolean","description":"true or false"},"outbound":{"enum":["none","natGateway","loadBalancer","firewall","publicAddress"],"description":"none, natGateway, loadBalancer, firewall or publicAddress"},"defaultRoute":{"enum":["Internet","VirtualAppliance","VirtualNetworkGateway","VnetLocal","None"],"description":"Internet, VirtualAppliance, VirtualNetworkGateway, VnetLocal or None"},"firewallApplicationRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"firewallNetworkRules":{"type":"array","items":{"type":"string","minLength":1,"description":"rules"},"description":"a list of rules"},"dnsServers":{"type":"array","items":{"type":"string","minLength":1,"description":"addresses"},"description":"a list of addresses"}},"description":"what is known of a network"},"acknowledge":{"type":"array","items":{"type":"string","pattern":"^KMS[0-9]{4}$","description":"a code, for example KMS2209"},"description":"a list of codes"}}};

function validate18(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="machine-facts.schema.json" */;
validate18.errors = null;
return true;
}

exports.ssh = validate14;

exports.windowsVm = validate12;

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="windows-vm.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.resourceGroupName === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "resourceGroupName"},message:"must have required property '"+"resourceGroupName"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.subnetId === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "subnetId"},message:"must have required property '"+"subnetId"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.adminPassword === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "adminPassword"},message:"must have required property '"+"adminPassword"+"'",schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func5.call(schema13.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
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
if(func2(data0) > 90){
const err4 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/maxLength",keyword:"maxLength",params:{limit: 90},message:"must NOT have more than 90 characters",schema:90,parentSchema:schema13.properties.resourceGroupName,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func2(data0) < 1){
const err5 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.resourceGroupName,data:data0};
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
const err6 = {instancePath:instancePath+"/resourceGroupName",schemaPath:"#/properties/resourceGroupName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.resourceGroupName.type,parentSchema:schema13.properties.resourceGroupName,data:data0};
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
if(!pattern4.test(data1)){
const err7 = {instancePath:instancePath+"/subnetId",schemaPath:"#/properties/subnetId/pattern",keyword:"pattern",params:{pattern: "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"},message:"must match pattern \""+"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$"+"\"",schema:"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$",parentSchema:schema13.properties.subnetId,data:data1};
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
const err8 = {instancePath:instancePath+"/subnetId",schemaPath:"#/properties/subnetId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.subnetId.type,parentSchema:schema13.properties.subnetId,data:data1};
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
if(func2(data2) > 123){
const err9 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/maxLength",keyword:"maxLength",params:{limit: 123},message:"must NOT have more than 123 characters",schema:123,parentSchema:schema13.properties.adminPassword,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func2(data2) < 12){
const err10 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/minLength",keyword:"minLength",params:{limit: 12},message:"must NOT have fewer than 12 characters",schema:12,parentSchema:schema13.properties.adminPassword,data:data2};
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
const err11 = {instancePath:instancePath+"/adminPassword",schemaPath:"#/properties/adminPassword/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.adminPassword.type,parentSchema:schema13.properties.adminPassword,data:data2};
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
if(func2(data3) > 20){
const err12 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters",schema:20,parentSchema:schema13.properties.adminUsername,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(func2(data3) < 1){
const err13 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.adminUsername,data:data3};
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
const err14 = {instancePath:instancePath+"/adminUsername",schemaPath:"#/properties/adminUsername/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.adminUsername.type,parentSchema:schema13.properties.adminUsername,data:data3};
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
if(func2(data4) < 1){
const err15 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema13.properties.location,data:data4};
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
const err16 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.location.type,parentSchema:schema13.properties.location,data:data4};
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
if(!pattern5.test(data5)){
const err17 = {instancePath:instancePath+"/size",schemaPath:"#/properties/size/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_]*$",parentSchema:schema13.properties.size,data:data5};
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
const err18 = {instancePath:instancePath+"/size",schemaPath:"#/properties/size/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.size.type,parentSchema:schema13.properties.size,data:data5};
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
const err19 = {instancePath:instancePath+"/core",schemaPath:"#/properties/core/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.core.type,parentSchema:schema13.properties.core,data:data6};
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
const err20 = {instancePath:instancePath+"/osDiskType",schemaPath:"#/properties/osDiskType/enum",keyword:"enum",params:{allowedValues: schema13.properties.osDiskType.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.osDiskType.enum,parentSchema:schema13.properties.osDiskType,data:data7};
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
const err21 = {instancePath:instancePath+"/licenseType",schemaPath:"#/properties/licenseType/enum",keyword:"enum",params:{allowedValues: schema13.properties.licenseType.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.licenseType.enum,parentSchema:schema13.properties.licenseType,data:data8};
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
const err22 = {instancePath:instancePath+"/encryptionAtHost",schemaPath:"#/properties/encryptionAtHost/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.encryptionAtHost.type,parentSchema:schema13.properties.encryptionAtHost,data:data9};
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
const err23 = {instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.tags.additionalProperties.type,parentSchema:schema13.properties.tags.additionalProperties,data:data11};
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
const err24 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.tags.type,parentSchema:schema13.properties.tags,data:data10};
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
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

